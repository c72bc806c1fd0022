"""A draft being edited: its text, what was done to it, and what the review says of it."""

import re
from typing import Any

import traitlets

from interview_coach.advice import Plan
from interview_coach.errors import KitError
from interview_coach.messages import Review, review
from interview_coach.messages.review import Fault, Missing
from interview_coach.playbook import Playbook

__all__ = ["DraftModel"]

_MOST_STEPS = 100
_CLOSING = re.compile(
    r"(?im)^[ \t]*(?:(?:kind|best|warm|with)\b[^\n]{0,30}|yours[^\n]{0,20}|sincerely|regards|thank(?:s| you)(?: again| so much| very much| in advance)?),?[ \t]*$"
)


class DraftModel(traitlets.HasTraits):
    """The draft of one message.

    `kind` is the kind of message, `text` the draft as it stands. Suggestions taken and new drafts
    can be undone; typing is the browser's own to undo. With a plan its window is held against it (K3).
    """

    kind = traitlets.Unicode("email_no_answer")
    text = traitlets.Unicode()
    past = traitlets.Int()  # how many steps can be undone, and redone
    ahead = traitlets.Int()

    def __init__(self, playbook: Playbook, plan: Plan | None = None, **given: Any) -> None:
        super().__init__(**given)
        self.playbook, self.plan = playbook, plan
        self._before: list[str] = []
        self._after: list[str] = []

    def review(self) -> Review:
        """Review the text as it stands."""
        return review(self.kind, self.text, self.playbook, plan=self.plan)

    def put(self, text: str) -> None:
        """Put another text in place of this one, as a step that can be undone."""
        if text == self.text:
            return
        if self.text:
            self._before = [*self._before, self.text][-_MOST_STEPS:]
            self._after = []
        self.text = text
        self._count()

    def use(self, fault: Fault) -> None:
        """Put the suggestion in place of the words at fault; take them out where there is none.

        Raises
        ------
        KitError
            If the text has changed there since the review.
        """
        if self.text[fault.start : fault.end] != fault.span or not fault.span:
            raise KitError("The text has changed there meanwhile; look at the review again.")
        before, after = self.text[: fault.start], self.text[fault.end :]
        if not fault.try_:
            # No double space, and no comma or full stop left alone, where words were taken out.
            before = before.rstrip(" ") if re.match(r"[ \n.,;!?]|$", after) else before
            if not before or before.endswith("\n") or before.rstrip().endswith((".", "!", "?")):
                after = re.sub(r"^[ ,;.!?]+", "", after)
                before += " " if before and not before.endswith("\n") and after[:1].strip() else ""
        self.put(f"{before}{fault.try_}{after}")

    def add(self, item: Missing) -> None:
        """Add the sentence for a missing item: a name at the start or end, the rest before the closing."""
        text = self.text.rstrip()
        if not text:
            self.put(item.try_)
            return
        spoken = self.playbook.kinds[self.kind].medium != "email"
        if item.item == "sender_name" and not spoken:
            self.put(f"{text}\n[Your name]")
            return
        if item.item == "sender_name":
            self.put(f"{item.try_} {text}")
            return
        closings = list(_CLOSING.finditer(text))
        if spoken or not closings:
            joint = " " if spoken or "\n" not in text else "\n\n"
            self.put(f"{text}{joint}{item.try_}")
            return
        at = closings[0].start()
        self.put(f"{text[:at].rstrip()}\n\n{item.try_}\n\n{text[at:]}")

    def undo(self) -> None:
        """Go back one step."""
        self._move(self._before, self._after)

    def redo(self) -> None:
        """Go forward again."""
        self._move(self._after, self._before)

    def _move(self, come_from: list[str], go_to: list[str]) -> None:
        if come_from:
            go_to.append(self.text)
            self.text = come_from.pop()
            self._count()

    def _count(self) -> None:
        self.past, self.ahead = len(self._before), len(self._after)
