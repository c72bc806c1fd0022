"""What to practise next, by spaced repetition: a card for each family of calls.

The cards are not kept anywhere: they follow from the attempts, so that there is one truth. Each
first play of a story is a review of its family's card; playing a story again after its debrief is
none, since by then the player knows what was hidden.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interview_coach.language import _, ngettext
from interview_coach.simulation.scenario import LEVELS, Level, Scenario
from interview_coach.wording import number, percent

__all__ = ["Practised", "Suggestion", "next_level", "rating", "suggestions"]

SHAKY, SOUND = 0.6, 0.8
"""Shares of the points below which a call counts as not remembered, and from which as known."""


@dataclass(frozen=True)
class Practised:
    """One play to its end: which call, how well, with how much help, when it ended (UTC)."""

    scenario: str
    level: str
    score: float
    helped: int
    at: datetime


@dataclass(frozen=True)
class Suggestion:
    """A call to practise.

    `due` is when it is time for its family again, None where the family was never played.
    """

    family: str
    scenario: str
    level: Level
    due: datetime | None
    why: str


def rating(one: Practised) -> int:
    """Rate a play for the scheduler: 1 again, 2 hard, 3 good, 4 easy.

    - 1 under 60% of the points: it comes again soon.
    - 2 under 80%, or with a hint or a step taken back: it was not the player's alone.
    - 4 every point, without help, under pressure.
    - 3 everything else.
    """
    if one.score < SHAKY:
        return 1
    if one.score < SOUND or one.helped:
        return 2
    return 4 if one.score >= 1 and one.level == "pressure" else 3


def next_level(one: Practised | None) -> Level:
    """Choose the level: up after a sound play without help, down after a shaky one."""
    if one is None:
        return "guided"
    at = next((n for n, level in enumerate(LEVELS) if level == one.level), 0)
    if one.score >= SOUND and not one.helped:
        at += 1
    elif one.score < SHAKY:
        at -= 1
    return LEVELS[min(max(at, 0), len(LEVELS) - 1)]


def suggestions(
    practised: Iterable[Practised], scenarios: Mapping[str, Scenario], now: datetime
) -> list[Suggestion]:
    """Rank the families: those that are due, the most faded first; then new ones; then the rest.

    Parameters
    ----------
    practised : iterable of Practised
        First plays only, in any order; those of calls that are no longer there are left out.
    scenarios : mapping of str to Scenario
        What can be practised; their order is that of new families, extensions last.
    now : datetime
        The present moment, aware.

    Returns
    -------
    list of Suggestion
        One a family. Within it the call that was played least and longest ago.
    """
    # Loaded here: whoever only plays needs no scheduler.
    from fsrs import Card, Rating, Scheduler

    # Without learning steps of minutes: nobody plays the same call ten minutes later to learn it.
    # Without fuzz: the same attempts give the same day.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    plays = sorted((one for one in practised if one.scenario in scenarios), key=lambda one: one.at)
    families: dict[str, list[Scenario]] = {}
    for scenario in sorted(scenarios.values(), key=lambda one: one.extension):
        families.setdefault(scenario.family, []).append(scenario)
    ranked = []
    for order, (family, members) in enumerate(families.items()):
        mine = [one for one in plays if scenarios[one.scenario].family == family]
        scenario, level = _pick(members, mine)
        if not mine:
            found = Suggestion(
                family, scenario.id, level, None, _("You have not played one of these.")
            )
            ranked.append(((1, float(order)), found))
            continue
        card = Card(card_id=order, due=mine[0].at)
        for one in mine:
            card, _log = scheduler.review_card(card, Rating(rating(one)), one.at)
        faded = float(scheduler.get_card_retrievability(card, now))
        is_due = card.due <= now
        found = Suggestion(family, scenario.id, level, card.due, _why(mine[-1], now, card.due))
        ranked.append(((0, faded) if is_due else (2, card.due.timestamp()), found))
    return [found for _rank, found in sorted(ranked, key=lambda one: one[0])]


def _pick(members: Sequence[Scenario], mine: Sequence[Practised]) -> tuple[Scenario, Level]:
    times = {one.id: [play for play in mine if play.scenario == one.id] for one in members}

    def least(one: Scenario) -> tuple[int, float]:
        played = times[one.id]
        return len(played), played[-1].at.timestamp() if played else 0.0

    scenario = min(members, key=least)
    played = times[scenario.id]
    return scenario, next_level(played[-1] if played else None)


def _why(last: Practised, now: datetime, due: datetime) -> str:
    days = max((due - now).days, 0)
    got = (
        _("Last time you got {share} of the points, with help")
        if last.helped and last.score >= SHAKY
        else _("Last time you got {share} of the points")
    ).format(share=percent(last.score))
    if due <= now:
        return _("{last_time}, and it is time again.").format(last_time=got)
    if not days:
        return _("{last_time}; it is time again within a day.").format(last_time=got)
    return ngettext(
        "{last_time}; it is time again in a day.",
        "{last_time}; it is time again in {n} days.",
        days,
    ).format(last_time=got, n=number(days))
