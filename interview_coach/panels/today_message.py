"""The message of a step on the day itself: its blanks filled from the plan, its draft reviewed."""

from typing import TYPE_CHECKING, Any

from interview_coach.advice import Plan
from interview_coach.messages import blanks
from interview_coach.panels import kit
from interview_coach.panels.draft_model import DraftModel
from interview_coach.panels.draft_send import send_row
from interview_coach.panels.draft_view import draft_editor

if TYPE_CHECKING:
    from interview_coach.panels.today import TodayModel

__all__ = ["message_side"]


def message_side(page: kit.Page, model: "TodayModel", plan: Plan) -> Any:
    """Make the side of the page that writes the message of a step, reviewed as it is changed."""
    kinds = list(dict.fromkeys(step.template for step in plan.steps if step.template))
    if not kinds:
        return kit.Region(
            kit.heading("No message just now"), kit.text("There is nothing to write at this point.")
        )
    notice, ready = kit.Notice(), kit.Region()
    which = kit.radio(
        "Which message?", [(model.playbook.kinds[kind].label, kind) for kind in kinds], kinds[0]
    )
    needed = {
        name
        for kind in kinds
        for name in (*blanks(kind, model.playbook).needs, "reader", "role", "phone")
    }
    hints = {
        "times": "Two or three, with a semicolon between them: Tuesday after 2 pm; Friday morning"
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

    def write() -> None:
        draft = DraftModel(model.playbook, plan, kind=which.value)
        draft.text = model.draft(which.value)
        page.draft = draft
        ready.show(
            kit.card(
                draft_editor(
                    draft,
                    say=page.say,
                    below=send_row(draft, lambda: plan.now),
                    label="Change it as you like",
                    narrow=True,
                )
            )
        )
        model.desk.keep("draft", {"kind": draft.kind, "text": draft.text})
        draft.observe(
            lambda change: model.desk.keep("draft", {"kind": draft.kind, "text": change["new"]}),
            "text",
        )

    def write_wanted(kind: str) -> None:
        if kind in kinds:
            which.value = kind
            write()

    kit.on_change(model, write_wanted, notice, name="wanted")
    return kit.Region(
        kit.heading("Your message"),
        kit.card(
            which,
            *inputs.values(),
            kit.row(kit.button("Write it", write, where=notice, main=True)),
            notice,
        ),
        ready,
    )
