"""After a play: what was hidden, and each action judged by the rules that spoke at that moment.

The judge is the playbook. Nothing is scored for speed of clicking; the simulated clock counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from interview_coach.advice import Situation, facts_at
from interview_coach.playbook import Facts, Playbook, Rule, Source
from interview_coach.simulation.engine import Action, Play, choices

__all__ = ["Debrief", "Judged", "Judgement", "debrief", "next_step", "situation_of"]

Judgement = Literal["in_time", "early", "late", "missing", "harmful", "neutral"]

# Half the credit for the right thing at the wrong time: it was the right thing.
_CREDIT: Mapping[str, float] = {"in_time": 1.0, "early": 0.5, "late": 0.5, "missing": 0.0}
_HARM = 1.0  # a harmful action takes away what one right action gives


@dataclass(frozen=True)
class Judged:
    """One action (or one that is missing) and what the playbook says of it.

    `minute` is past the agreed start: when it was done or, if missing, by when it was due.
    `step` is its number among the actions, None where it is missing. `differs` are advisers who
    say otherwise.
    """

    minute: int
    step: int | None
    do: str
    says: str
    judgement: Judgement
    rule: str | None
    because: str
    source: tuple[str, ...]
    differs: tuple[Source, ...]


@dataclass(frozen=True)
class Debrief:
    """What became of a play.

    Attributes
    ----------
    headline : str
        The finding, in a sentence.
    hidden : str
        What the candidate could not see.
    span : tuple of (int, int, str)
        From and to which minute past the start something kept the interviewer, and what.
    judged : tuple of Judged
        Actions in the order done, then what is missing.
    skills : mapping of str to (float, float)
        Skill -> points got, points that there were to get.
    """

    headline: str
    hidden: str
    span: tuple[int, int, str]
    judged: tuple[Judged, ...]
    skills: Mapping[str, tuple[float, float]]

    @property
    def score(self) -> float:
        """Share of the points, 0 to 1: the whole measure, all skills together."""
        got = sum(points for points, _ in self.skills.values())
        there = sum(possible for _, possible in self.skills.values())
        return max(0.0, got / there) if there else 1.0


@dataclass
class _Duty:
    """A rule that spoke during the play: since when, by when, and by which action it was met."""

    rule: Rule
    since: int
    met: tuple[int, int] | None = None  # (minute, number of the action)

    def minutes(self) -> tuple[int, int]:
        """Return the earliest and the latest minute past the start at which it is in time."""
        timing = self.rule.timing
        assert timing is not None
        anchor = 0 if timing.from_ == "scheduled" else self.since
        return anchor + timing.earliest, anchor + timing.latest


def situation_of(play: Play, attempts: int) -> Situation:
    """Say what the candidate of a play knows, after so many calls of their own."""
    scenario = play.scenario
    return Situation(
        caller=scenario.caller,
        scheduled=scenario.start,
        missed_by=scenario.missed_by,
        their_timezone=scenario.their_timezone,
        attempts=attempts,
        channel=scenario.channel,
    )


def debrief(play: Play, playbook: Playbook) -> Debrief:
    """Judge a play that has ended (or what there is of it so far)."""
    moments = [*((minute, action) for minute, action in play.actions), (play.minute, None)]
    duties: dict[str, _Duty] = {}
    judged: list[Judged] = []
    attempts = 0
    for number, (minute, action) in enumerate(moments):
        facts = _facts(play, minute, attempts, playbook)
        for rule in playbook.speaking(facts):
            if rule.timing is not None:
                duties.setdefault(rule.id, _Duty(rule, minute))
        if action is None:
            continue
        judged.append(_judge(action, minute, number, facts, duties, playbook))
        attempts += action.do == "call"
    judged += _missing(play, duties, playbook)
    return Debrief(
        headline=_headline(play),
        hidden=_hidden(play),
        span=_span(play),
        judged=tuple(judged),
        skills=_skills(judged, playbook),
    )


def next_step(play: Play, playbook: Playbook) -> tuple[Action, Rule | None]:
    """Say what the guidance would do now, and by which rule: the hint, and the guided policy.

    The earliest duty that is due comes first; where none is due yet, the wait until the next.
    """
    open_ = [choice.action for choice in choices(play, playbook)]
    verbs = {action.do for action in open_}
    todo = [
        (max(_due(rule, play), play.minute), order, rule)
        for order, rule in enumerate(
            playbook.speaking(_facts(play, play.minute, play.attempts, playbook))
        )
        if rule.timing is not None and rule.do in verbs and not _is_done(rule, play)
    ]
    for due, _, rule in sorted(todo, key=lambda item: item[:2]):
        if rule.do != "wait" and due <= play.minute:
            return next(action for action in open_ if action.do == rule.do), rule
        if rule.do == "wait" or due > play.minute:
            waits = [a for a in open_ if a.do == "wait" and a.until is not None]
            later = min((d for d, _, r in todo if d > play.minute and r.do != "wait"), default=due)
            fitting = [a for a in waits if a.until is not None and a.until <= later] or waits[:1]
            if fitting:
                return fitting[-1], rule
    return next(action for action in open_ if action.do == "stop_waiting"), None


def _due(rule: Rule, play: Play) -> int:
    timing = rule.timing
    assert timing is not None
    return timing.due if timing.from_ == "scheduled" else play.scenario.opens + timing.due


def _is_done(rule: Rule, play: Play) -> bool:
    # A message can be left once; a wait is done again whenever there is something to wait for.
    return rule.do in play.done and rule.do != "wait"


def _facts(play: Play, minute: int, attempts: int, playbook: Playbook) -> Facts:
    now = play.scenario.start.add(minutes=minute)
    return facts_at(situation_of(play, attempts), now, playbook)


def _judge(
    action: Action,
    minute: int,
    number: int,
    facts: Facts,
    duties: Mapping[str, _Duty],
    playbook: Playbook,
) -> Judged:
    rules = [rule for rule in playbook.speaking(facts) if rule.do == action.do]
    for rule in rules:
        if rule.avoid:
            return _said(rule, minute, number, "harmful", playbook)
    for rule in rules:
        duty = duties[rule.id]
        earliest, latest = duty.minutes()
        judgement: Judgement = (
            "early" if minute < earliest else "late" if minute > latest else "in_time"
        )
        first = duty.met is None
        if first:
            duty.met = (minute, number)
        if first or action.do == "wait":
            return _said(rule, minute, number, judgement, playbook)
    says = playbook.actions[action.do].done
    asks = tuple(
        playbook.sources[variant.id]
        for variant in playbook.variants.values()
        if any(rule.do == action.do and rule.when.holds(facts) for rule in variant.rule)
    )
    because = (
        "Our rules do not ask for it just now; another adviser does."
        if asks
        else "No rule asks for it just now, and it does no harm."
    )
    return Judged(minute, number, action.do, says, "neutral", None, because, (), asks)


def _missing(play: Play, duties: Mapping[str, _Duty], playbook: Playbook) -> Iterable[Judged]:
    # Who stops waiting has the rest of the day judged too: what would still have been due.
    gave_up = "stop_waiting" in play.done
    offered = {offer.do for offer in play.scenario.offer}
    for duty in duties.values():
        _, latest = duty.minutes()
        over = play.scenario.length if gave_up else play.minute
        undone = duty.met is None and duty.rule.do not in play.done
        if undone and duty.rule.do in offered and latest <= over:
            yield _said(duty.rule, latest, None, "missing", playbook)


def _said(
    rule: Rule, minute: int, step: int | None, judgement: Judgement, playbook: Playbook
) -> Judged:
    action = playbook.actions[rule.do]
    return Judged(
        minute=minute,
        step=step,
        do=rule.do,
        says=rule.say if judgement == "missing" else action.done,
        judgement=judgement,
        rule=rule.id,
        because=rule.because,
        source=rule.source,
        differs=tuple(playbook.sources[key] for key in rule.variants),
    )


def _skills(judged: Iterable[Judged], playbook: Playbook) -> dict[str, tuple[float, float]]:
    skills: dict[str, tuple[float, float]] = {}
    for one in judged:
        if one.judgement == "neutral":
            continue
        got, possible = skills.get(playbook.actions[one.do].skill, (0.0, 0.0))
        if one.judgement == "harmful":
            got -= _HARM
        else:
            got, possible = got + _CREDIT[one.judgement], possible + 1.0
        skills[playbook.actions[one.do].skill] = (got, possible)
    return skills


def _headline(play: Play) -> str:
    when = play.scenario.at(play.minute)
    return {
        "spoke": f"You spoke at {when}.",
        "rebooked": "You did not speak today, and a new time is on its way.",
        "left": f"You stopped at {when}, and nobody knew that you had been there.",
        "ended": f"It is {when}, and you have not spoken.",
        None: f"It is {when}, and the story is not over.",
    }[play.outcome]


def _hidden(play: Play) -> str:
    world = play.world
    free = play.scenario.at(world.free_at) if world.free_at is not None else ""
    return play.scenario.words(world.cause.hidden, free=free)


def _span(play: Play) -> tuple[int, int, str]:
    world, end = play.world, max(play.minute, 1)
    if world.cause.during_until == "free" and world.free_at is not None:
        end = max(world.free_at, 1)
    return 0, end, play.scenario.words(world.cause.during)
