"""The message of a step on the day itself: its blanks filled from the plan, its draft reviewed."""

from collections.abc import Callable
from typing import Any

from interview_coach.advice import Plan
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.messages import blanks
from interview_coach.panels import kit
from interview_coach.panels.draft_model import DraftModel
from interview_coach.panels.draft_send import send_row
from interview_coach.panels.draft_view import draft_editor
from interview_coach.panels.today_model import TodayModel
from interview_coach.times import clock_time, day_words

__all__ = ["message_side"]


def message_side(
    page: kit.Page, model: TodayModel, plan: Plan
) -> tuple[Any, Callable[[str | None], None]]:
    """Make the side of the page that writes the message of a step, and what writes one of a kind."""
    kinds = list(dict.fromkeys(step.template for step in plan.steps if step.template))
    if not kinds:
        nothing = kit.Region(
            kit.heading(_("No message just now")),
            kit.text(_("There is nothing to write at this point.")),
        )
        return nothing, lambda kind: None
    notice, ready = kit.Notice(), kit.Region()
    which = kit.radio(
        _("Which message?"), [(model.playbook.kinds[kind].label, kind) for kind in kinds], kinds[0]
    )
    needed = {
        name
        for kind in kinds
        for name in (*blanks(kind, model.playbook).needs, "reader", "role", "phone")
    }
    hints = {
        "times": _(
            "Two or three, with a semicolon between them: Tuesday after 2 pm; Friday morning"
        )
    }
    inputs = {
        name: kit.text_input(
            model.playbook.fields[name].asks, getattr(model, name), hint=hints.get(name, "")
        )
        for name in ("sender", "reader", "role", "phone", "times")
        if name in needed
    }
    for name, field in inputs.items():
        kit.link((model, name), (field, "value"))

    def write(kind: str | None = None) -> None:
        if kind in kinds:
            which.value = kind
        shown = getattr(page, "draft", None)
        if shown is not None and shown.kind != which.value:
            ready.show()  # the words of another message must not stand under this one
        draft = DraftModel(
            model.playbook, plan, kind=which.value, known=lambda: _known(model, plan)
        )
        draft.text = model.draft(which.value)
        asked.clear()
        page.draft = draft
        ready.show(
            kit.card(
                kit.heading(model.playbook.kinds[which.value].label, focus=True),
                draft_editor(
                    draft,
                    say=page.say,
                    below=send_row(draft, lambda: plan.now),
                    label=_("Change it as you like"),
                    narrow=True,
                ),
            )
        )
        model.desk.keep("draft", {"kind": draft.kind, "text": draft.text})
        draft.observe(
            lambda change: model.desk.keep("draft", {"kind": draft.kind, "text": change["new"]}),
            "text",
        )

    def write_for_step(kind: str | None = None) -> None:
        # On a telephone the form is far below its step: what is missing is asked where it is typed.
        asked.clear()
        try:
            write(kind)
        except KitError as error:
            title.show(kit.heading(_("Your message"), focus=True))
            asked.fail(str(error))

    title, asked = kit.Region(kit.heading(_("Your message"))), kit.Notice()
    side = kit.Region(
        title,
        asked,
        kit.card(
            which,
            *inputs.values(),
            kit.row(kit.button(_("Write it"), write, where=notice, main=True)),
            notice,
        ),
        ready,
    )
    return side, write_for_step


def _known(model: TodayModel, plan: Plan) -> dict[str, str]:
    """Give what a suggestion's blanks are filled with."""
    start = plan.situation.scheduled
    return {
        "your name": model.sender,
        "your number": model.phone,
        "day": day_words(start, plan.now),
        "time": clock_time(start),
    }
