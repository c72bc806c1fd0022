"""The judge of a play is the playbook: which rules speak at a moment, and how each action meets them.

It goes along with a play step by step, so that a debrief and a walk through all stories use the
same measure. Nothing is scored for speed of clicking; the simulated clock counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from interview_coach.language import _
from interview_coach.playbook import Facts, Playbook, Rule, Source
from interview_coach.simulation.engine import Action, Play
from interview_coach.simulation.scenario import Scenario

__all__ = ["Duty", "Judge", "Judged", "Judgement", "Tally"]

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
class Duty:
    """A rule that has spoken: since which minute, whether it could be met, and how it was."""

    rule: Rule
    earliest: int
    due: int
    latest: int
    opened: bool = False
    met: Judgement | None = None


@dataclass(frozen=True)
class Tally:
    """How a play stands: its duties by rule id, and what was judged so far."""

    duties: Mapping[str, Duty] = field(default_factory=dict)
    judged: tuple[Judged, ...] = ()


class Judge:
    """The rules of a playbook as they bear on one scenario."""

    def __init__(self, scenario: Scenario, playbook: Playbook) -> None:
        self.scenario, self.playbook = scenario, playbook
        self._known: dict[_Key, Facts] = {}
        self._spoken: dict[_Key, tuple[Rule, ...]] = {}
        self._asked_by: dict[tuple[str, _Key], tuple[Source, ...]] = {}

    def _facts(self, play: Play) -> Facts:
        """Say what the candidate knows now, in the terms that rules ask for."""
        key = _key(play)
        if key not in self._known:
            facts = Facts(
                caller=self.scenario.caller,
                missed_by=play.missed_by,
                minutes_past=play.minute,
                attempts=play.attempts,
                miss=self.scenario.miss,
                channel=self.scenario.channel,
                stage=play.stage,
            )
            hold = self.playbook.hold(facts)
            left = hold.due - play.minute if hold else 24 * 60
            self._known[key] = replace(facts, minutes_left=left)
        return self._known[key]

    def speaking(self, play: Play) -> tuple[Rule, ...]:
        """List the rules that speak at the present moment of a play."""
        key = _key(play)
        if key not in self._spoken:
            self._spoken[key] = tuple(self.playbook.speaking(self._facts(play)))
        return self._spoken[key]

    def duty(self, rule: Rule, since: int) -> Duty:
        """Say when a rule that began to speak at a minute is to be met."""
        timing = rule.timing
        assert timing is not None
        anchor = {"scheduled": 0, "now": since}.get(timing.from_, self.scenario.anchor or 0)
        # What was over before the first decision could not be met: it is due at that decision.
        anchor += max(0, self.scenario.opens - (anchor + timing.latest))
        return Duty(rule, anchor + timing.earliest, anchor + timing.due, anchor + timing.latest)

    def look(self, tally: Tally, play: Play) -> Tally:
        """Take note, before a decision, of which rules speak and which verbs are open."""
        speaking, verbs = self.speaking(play), {offer.do for offer in play.offers}
        spoken = {rule.id for rule in speaking}
        duties = {
            key: duty
            for key, duty in tally.duties.items()
            # Once they know better, what they would have had to do otherwise is not asked for.
            if duty.met is not None or not _knows_better(play) or key in spoken
        }
        for rule in speaking:
            if rule.timing is None:
                continue
            duty = duties.get(rule.id) or self.duty(rule, play.minute)
            if rule.do in verbs and not duty.opened:
                duty = replace(duty, opened=True)
            duties[rule.id] = duty
        return replace(tally, duties=duties)

    def judge(self, tally: Tally, play: Play, action: Action) -> Tally:
        """Judge one action, begun at the play's present minute."""
        duties = dict(tally.duties)
        judged = self._judged(duties, play, len(tally.judged), action)
        return Tally(duties, (*tally.judged, judged))

    def _judged(self, duties: dict[str, Duty], play: Play, number: int, action: Action) -> Judged:
        minute = play.minute
        rules = [rule for rule in self.speaking(play) if rule.do == action.do]
        # A wait is too long by when it ends: "as long as it takes" is chosen early.
        ended = play if action.until is None else replace(play, minute=action.until)
        for rule in (*rules, *self.speaking(ended)):
            if rule.avoid and rule.do == action.do:
                return self._said(rule, minute, number, "harmful")
        found = None
        for rule in rules:
            duty = duties[rule.id]
            judgement: Judgement = (
                "early" if minute < duty.earliest else "late" if minute > duty.latest else "in_time"
            )
            if duty.met is None:
                duties[rule.id] = replace(duty, met=judgement)
                found = found or self._said(rule, minute, number, judgement)
        return found or self._neutral(action, play, number)

    def _neutral(self, action: Action, play: Play, number: int) -> Judged:
        asks = self._advisers(action.do, play)
        because = (
            _("Our rules do not ask for it just now; another adviser does.")
            if asks
            else _("No rule asks for it just now, and it does no harm.")
        )
        says = self.playbook.actions[action.do].done
        return Judged(play.minute, number, action.do, says, "neutral", None, because, (), asks)

    def _advisers(self, do: str, play: Play) -> tuple[Source, ...]:
        """List the advisers whose variant asks for what our rules do not."""
        key = (do, _key(play))
        if key not in self._asked_by:
            facts = self._facts(play)
            self._asked_by[key] = tuple(
                self.playbook.sources[variant.id]
                for variant in self.playbook.variants.values()
                if any(rule.do == do and rule.when.holds(facts) for rule in variant.rule)
            )
        return self._asked_by[key]

    def close(self, tally: Tally, play: Play) -> Tally:
        """Add, at the end of a play, what was not done although it was open and its time came.

        Who stops waiting has the rest of the day judged too. What belongs to a talk, or to the
        record after it, is due before that ends.
        """
        gave_up = "stop_waiting" in play.done
        over = self.scenario.length if gave_up or play.outcome == "ended" else play.minute
        missing = []
        for duty in tally.duties.values():
            if duty.met is not None or not duty.opened or duty.rule.do in play.done:
                continue
            now = play.phase != "waiting" and duty.rule.do in _NOW and duty.earliest <= over
            if duty.latest < over or now:
                missing.append(self._said(duty.rule, min(duty.latest, over), None, "missing"))
        return replace(tally, judged=(*tally.judged, *missing))

    def _said(self, rule: Rule, minute: int, step: int | None, judgement: Judgement) -> Judged:
        return Judged(
            minute=minute,
            step=step,
            do=rule.do,
            says=rule.say if judgement == "missing" else self.playbook.actions[rule.do].done,
            judgement=judgement,
            rule=rule.id,
            because=rule.because,
            source=rule.source,
            differs=tuple(self.playbook.sources[key] for key in rule.variants),
        )

    def skills(self, judged: Iterable[Judged]) -> dict[str, tuple[float, float]]:
        """Add up the points: skill -> points got, points that there were to get."""
        skills: dict[str, tuple[float, float]] = {}
        for one in judged:
            if one.judgement == "neutral":
                continue
            skill = self.playbook.actions[one.do].skill
            got, possible = skills.get(skill, (0.0, 0.0))
            if one.judgement == "harmful":
                got -= _HARM
            else:
                got, possible = got + _CREDIT[one.judgement], possible + 1.0
            skills[skill] = (got, possible)
        return skills


# What can only be done while both are on the line, or when the wait has just ended.
_NOW = frozenset({"apologise", "ask_good_time", "leave_margins", "log_outcome", "ask_coach"})

_Key = tuple[int, int, str, str]


def _key(play: Play) -> _Key:
    """Name all of a play that decides which rules speak."""
    return play.minute, play.attempts, play.missed_by, play.stage


def _knows_better(play: Play) -> bool:
    """Say whether the candidate has learnt whose miss it is, or where it stands, on the way."""
    scenario = play.scenario
    return (play.missed_by, play.stage) != (scenario.missed_by, scenario.stage)
