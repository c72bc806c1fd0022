"""A draft being edited: its text, what was done to it, and what the review says of it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from interview_coach.advice import Plan
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import Review, review
from interview_coach.messages.review import Fault, Missing
from interview_coach.messages.review.names import CLOSING
from interview_coach.playbook import Playbook

__all__ = ["DraftModel"]

_MOST_STEPS = 100
_LAST_LINE = rf"(?:{CLOSING}|looking forward)"  # unmarked: of the message
_CLOSING = re.compile(rf"(?i)[ \t]*{_LAST_LINE}[ \t]*[,.!]?[ \t]*")
_BELOW = 4  # lines that may stand below a closing: name, title, number, address
_BLANK = re.compile(r"\[([a-z ]+)\]")


class DraftModel(traitlets.HasTraits):
    """The draft of one message.

    `kind` is the kind of message, `text` the draft as it stands. Suggestions taken and new drafts
    can be undone; typing is the browser's own to undo. With a plan its window is held against it (K3).
    """

    kind = traitlets.Unicode("email_no_answer")
    text = traitlets.Unicode()
    language = traitlets.Unicode("en")  # that it is to be written in
    past = traitlets.Int()  # how many steps can be undone, and redone
    ahead = traitlets.Int()

    def __init__(
        self,
        playbook: Playbook,
        plan: Plan | None = None,
        *,
        known: Callable[[], Mapping[str, str]] = dict,
        **given: Any,
    ) -> None:
        super().__init__(**given)
        self.playbook, self.plan, self._known = playbook, plan, known
        self._before: list[str] = []
        self._after: list[str] = []

    def review(self) -> Review:
        """Review the text as it stands."""
        return review(self.kind, self.text, self.playbook, plan=self.plan, written=self.language)

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
            raise KitError(_("The text has changed there meanwhile; look at the review again."))
        before, after = self.text[: fault.start], self.text[fault.end :]
        if not fault.try_:
            # No double space, and no comma or full stop left alone, where words were taken out.
            before = before.rstrip(" ") if re.match(r"[ \n.,;!?]|$", after) else before
            if not before or before.endswith("\n") or before.rstrip().endswith((".", "!", "?")):
                after = re.sub(r"^[ ,;.!?]+", "", after)
                before += " " if before and not before.endswith("\n") and after[:1].strip() else ""
        self.put(f"{before}{fault.try_}{after}")

    def wording(self, item: Missing) -> str:
        """Give what would be added for a missing item, its blanks filled with what is known."""
        said = item.try_
        if item.item == "sender_name" and not self._spoken():
            said = "[your name]"  # unmarked: of the message, which is English
        known = self._known()
        return _BLANK.sub(lambda blank: known.get(blank[1]) or blank[0], said)

    def add(self, item: Missing) -> None:
        """Add the sentence for a missing item: a name at the start or end, the rest before the closing.

        Raises
        ------
        KitError
            If it stands there already, with a blank that is still to be filled in.
        """
        text, said = self.text.rstrip(), self.wording(item)
        blank = _BLANK.search(said)
        if blank and said in text:
            raise KitError(
                _("It stands in the draft already: fill in {blank}.").format(blank=blank[0])
            )
        if not text:
            self.put(said)
        elif item.item == "sender_name":
            self.put(f"{said} {text}" if self._spoken() else f"{text}\n{said}")
        else:
            at = len(text) if self._spoken() else _closing(text)
            joint = " " if self._spoken() or "\n" not in text else "\n\n"
            after = f"{joint}{text[at:]}" if at < len(text) else ""
            self.put(f"{text[:at].rstrip()}{joint}{said}{after}")

    def _spoken(self) -> bool:
        return self.playbook.kinds[self.kind].medium != "email"

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


def _closing(text: str) -> int:
    """Give where the closing line begins ("Kind regards,"); the end of the text where there is none."""
    lines = list(re.finditer(r"[^\n]*\S[^\n]*", text))
    for line in lines[-1 - _BELOW :][::-1]:
        if _CLOSING.fullmatch(line.group()):
            return line.start()
    return len(text)
