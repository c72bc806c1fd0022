"""The facilitator's notes beside a vote, which the room does not see; and all counts typed at once."""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.panels import kit
from interview_coach.panels.cited import where_from
from interview_coach.panels.workshop_model import WorkshopModel
from interview_coach.workshop import Change, Decision, Story
from interview_coach.workshop.session import MOST_HANDS

__all__ = ["notes", "typed_counts"]

_COLOURS: dict[str, Any] = {
    "in_time": "green",
    "early": "amber",
    "late": "amber",
    "harmful": "red",
    "neutral": "blue",
}


def typed_counts(model: WorkshopModel, decision: Decision, notice: kit.Notice) -> Any:
    """Make a place to type all counts at once: quicker than a press for each hand of a big room."""
    keys = [option.key for option in decision.options]
    example = " ".join((["5", "0", "12", "0", "1"] * 2)[: len(keys)])
    field = kit.text_input(
        _("Hands for 1 to {n}").format(n=len(keys)),
        hint=_("Such as {example}.").format(example=example),
    )

    def set_all() -> None:
        typed = field.value.replace(",", " ").split()
        if len(typed) != len(keys) or not all(
            one.isdecimal() and int(one) <= MOST_HANDS for one in typed
        ):
            raise KitError(
                _("Type {n} numbers, one for each choice in its order, such as {example}.").format(
                    n=len(keys), example=example
                )
            )
        for key, hands in zip(keys, typed, strict=True):
            model.do(Change(do="count", choice=key, hands=int(hands)))

    return kit.card(
        field,
        kit.row(kit.button(_("Set the counts"), set_all, where=notice)),
        title=_("Or type the counts"),
        level=3,
    )


def notes(story: Story, decision: Decision, before: int, model: WorkshopModel) -> list[Any]:
    """Make what only the facilitator sees: what to say, and what the guidance says of each choice."""
    words = model.playbook.codes["judgement"]
    play = story.play(decision.path, model.playbook)
    hidden = story.scenario.words(
        play.world.cause.hidden,
        free=story.scenario.at(play.world.free_at) if play.world.free_at is not None else "",
    )
    planned = story.call.votes
    pace = (
        _("Vote {n} of about {planned} in this call.").format(n=before + 1, planned=planned)
        if before < planned
        else ngettext(
            "The {n} votes planned for this call are done: after revealing, E plays on to the end.",
            "The {n} votes planned for this call are done: after revealing, E plays on to the end.",
            planned,
        ).format(n=planned)
    )
    cards = [
        kit.card(
            kit.text(option.judged.because),
            kit.source(_("Guidance {ids}").format(ids=", ".join(option.judged.source)))
            if option.judged.source
            else None,
            label=kit.tag(words[option.judged.judgement], _COLOURS[option.judged.judgement]),
            title=_("{choice} (what the guidance does)").format(choice=option.says)
            if option.guided
            else option.says,
            level=3,
        )
        for option in decision.options
    ]
    return [
        kit.heading(_("Only for you")),
        kit.text(story.call.before),
        kit.text(_("Hidden from the room: {hidden}").format(hidden=hidden)),
        kit.text(pace, soft=True),
        *cards,
        where_from(model.playbook, (key for one in decision.options for key in one.judged.source)),
    ]
