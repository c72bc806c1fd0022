"""A policy beside a practised call: what it says to do next, and afterwards where the player departed.

The call stays the player's own: every choice is open, and the guidance judges it as any other. Without a
policy that was handed over, nothing here is seen.
"""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.practice_handed import HandedStory
from interview_coach.panels.practice_model import PracticeModel
from interview_coach.simulation import Play, debrief
from interview_coach.wording import counted

__all__ = ["compared", "strip", "strip_words", "waiting"]


def waiting(model: PracticeModel, attempt: Any, play: Play) -> tuple[str, str] | None:
    """Give the heading and the line for a story that waits to be begun; None where none was handed over."""
    handed = model.kept.handed(attempt)
    if handed is None or play.actions:
        return None
    line = (
        _(
            "{title}. Beside it stands what a policy says to do next ({policy}); you may do otherwise. "
            "Its world is the one that you typed on Compare."
        )
        if handed.values
        else _(
            "{title}. Beside it stands what a policy says to do next ({policy}); you may do otherwise."
        )
    )
    return (
        _("A story from Compare waits for you."),
        line.format(title=play.scenario.title, policy=handed.name),
    )


def strip_words(model: PracticeModel, play: Play) -> str:
    """Say what the policy says to do next, and when; "" where there is none, or it has nothing to say."""
    handed = model.kept.handed(model.kept.attempt)
    if handed is None:
        return ""
    from interview_coach.comparing.alongside import in_words, next_of

    try:
        found = next_of(handed.plan(model.playbook, play.scenario), play)
    except KitError as problem:
        # The call is the player's own, and goes on without it.
        return str(problem)
    if found is None:
        return ""
    minute, do = found
    what = in_words(do, play, model.playbook)
    if minute <= play.minute:
        return _("{policy} says now: {action}.").format(policy=handed.short, action=what)
    return _("{policy} says: hold to {time}, then {action}.").format(
        policy=handed.short, time=play.scenario.at(minute), action=what
    )


def strip(model: PracticeModel, play: Play) -> kit.Html:
    """Show it, quietly; nothing where there is nothing to say."""
    words = strip_words(model, play)
    return kit.source(words) if words else kit.join([])


def compared(model: PracticeModel, play: Play) -> Any:
    """Say where the player departed, and what the policy would have come to in this very story."""
    handed = model.kept.handed(model.kept.attempt)
    if handed is None or model.guided is not None:
        return None
    from interview_coach.comparing.alongside import departures, same_story

    try:
        plan = handed.plan(model.playbook, play.scenario)
    except KitError as problem:
        return kit.text(str(problem), soft=True)
    found = departures(plan, play, model.playbook)
    theirs = same_story(plan, play, model.playbook)
    title = (
        _("You departed from {policy} in {places}").format(
            policy=handed.short, places=counted(len(found), "{n} place", "{n} places")
        )
        if found
        else _("You did what {policy} says, all the way").format(policy=handed.short)
    )
    lines = [_departure(one, handed, play, model) for one in found]
    end = debrief(theirs, model.playbook).headline
    calls = sum(action.do == "call" for _at, action in theirs.actions)
    return kit.card(
        kit.el("ul", [kit.el("li", one) for one in lines]) if lines else None,
        kit.text(
            _("It came to the same as the policy would have in this very story.")
            if (theirs.outcome, theirs.minute) == (play.outcome, play.minute)
            # Translators: {minutes} is "4 minutes", {calls} "2 calls".
            else _(
                "In this very story, {policy} would have come to this, {minutes} past the agreed start, "
                "with {calls}: {end}"
            ).format(
                policy=handed.short,
                minutes=counted(theirs.minute, "{n} minute", "{n} minutes"),
                calls=counted(calls, "{n} call", "{n} calls"),
                end=end,
            ),
        ),
        kit.small(
            _(
                "One story of many: it does not say which is better on the whole. Compare does, under "
                "its assumptions."
            )
        ),
        label=kit.tag(handed.name, "blue"),
        title=title,
    )


def _departure(one: Any, handed: HandedStory, play: Play, model: PracticeModel) -> str:
    from interview_coach.comparing.alongside import in_words

    at, who = play.scenario.at, handed.short
    did = model.playbook.actions[one.do].done
    # Translators: {did} is what was done ("called"): in Spanish an infinitive, as in the playbook.
    if one.due is None:
        return _("At {time} you {did}; {policy} does not.").format(
            time=at(one.done), did=did, policy=who
        )
    says = in_words(one.do, play, model.playbook)
    if one.done is None:
        return _("At {time} {policy} says: {action}. You did not.").format(
            time=at(one.due), policy=who, action=says
        )
    if one.do == "stop_waiting":
        return _("{policy} holds to {time}; you {did} at {done}.").format(
            policy=who, time=at(one.due), did=did, done=at(one.done)
        )
    return _("At {time} {policy} says: {action}. You {did} at {done}.").format(
        time=at(one.due), policy=who, action=says, did=did, done=at(one.done)
    )
