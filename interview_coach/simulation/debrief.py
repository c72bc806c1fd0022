"""After a play: what was hidden, each action judged, and what the guidance would do next."""

from collections.abc import Mapping
from dataclasses import dataclass

from interview_coach.language import _
from interview_coach.playbook import Playbook, Rule
from interview_coach.simulation.engine import Action, Play, start, step
from interview_coach.simulation.judge import Judge, Judged, Tally
from interview_coach.simulation.scenario import OUTCOMES

__all__ = ["Debrief", "debrief", "next_by", "next_step", "tally_of"]


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
        got = sum(points for points, _there in self.skills.values())
        there = sum(possible for _got, possible in self.skills.values())
        return max(0.0, got / there) if there else float(got >= 0)


def tally_of(play: Play, judge: Judge) -> Tally:
    """Judge the actions of a play so far, as they were done."""
    tally = Tally()
    now = start(play.scenario, play.seed, play.level, play.world)
    for _minute, action in play.actions:
        tally = judge.look(tally, now)
        tally = judge.judge(tally, now, action)
        now = step(now, action, judge.playbook)
    return judge.look(tally, now)


def debrief(play: Play, playbook: Playbook) -> Debrief:
    """Judge a play that has ended (or what there is of it so far)."""
    judge = Judge(play.scenario, playbook)
    judged = judge.close(tally_of(play, judge), play).judged
    return Debrief(
        headline=_headline(play),
        hidden=_hidden(play),
        span=_span(play),
        judged=judged,
        skills=judge.skills(judged),
    )


def next_step(play: Play, playbook: Playbook) -> tuple[Action, Rule | None]:
    """Say what the guidance would do now, and by which rule: the hint, and the guided policy."""
    judge = Judge(play.scenario, playbook)
    return next_by(judge, tally_of(play, judge), play)


def next_by(judge: Judge, tally: Tally, play: Play) -> tuple[Action, Rule | None]:
    """Say what the guidance would do now, of a play whose tally is known.

    The earliest duty that is due comes first; where none is due yet, the wait until the next, or,
    where there is nothing to wait for, the duty itself.
    """
    open_ = play.open
    verbs = {action.do for action in open_}
    speaking = judge.speaking(play)
    harmful = {rule.do for rule in speaking if rule.avoid}
    todo = [
        (max(duty.due, play.minute), order, rule)
        for order, rule in enumerate(speaking)
        if (duty := tally.duties.get(rule.id)) is not None
        and duty.met is None
        and rule.do in verbs - harmful
    ]
    waits = [action for action in open_ if action.do == "wait" and action.until is not None]
    for due, _order, rule in sorted(todo, key=lambda item: item[:2]):
        if rule.do != "wait" and due <= play.minute:
            return next(action for action in open_ if action.do == rule.do), rule
        later = min((d for d, _order, r in todo if d > play.minute and r.do != "wait"), default=due)
        fitting = [a for a in waits if a.until is not None and a.until <= later]
        may = tally.duties[rule.id].earliest <= play.minute
        if not fitting and may and rule.do not in {"wait", "stop_waiting"}:
            return next(action for action in open_ if action.do == rule.do), rule
        if fitting or waits:
            return (fitting or waits[:1])[-1], rule
    # Nothing is asked for: let the story go on by itself, or by what is open and does no harm.
    calm = [a for a in open_ if a.do not in harmful | _tempting(judge.playbook)]
    order = {"wait": 0, "stop_waiting": 2}
    return min(calm or open_, key=lambda action: order.get(action.do, 1)), None


def _tempting(playbook: Playbook) -> set[str]:
    """List what rules only ever speak against: who has nothing to do must not fall for it."""
    rules = playbook.rules.values()
    return {rule.do for rule in rules if rule.avoid} - {r.do for r in rules if not r.avoid}


def _headline(play: Play) -> str:
    scenario = play.scenario
    if play.outcome is None:
        return _("It is {time}, and the story is not over.").format(time=scenario.at(play.minute))
    own = next((says for name, says in scenario.end.items() if name == play.outcome), None)
    return scenario.words(own or _(OUTCOMES[play.outcome]), time=scenario.at(play.minute))


def _hidden(play: Play) -> str:
    world = play.world
    free = play.scenario.at(world.free_at) if world.free_at is not None else ""
    return play.scenario.words(world.cause.hidden, free=free)


def _span(play: Play) -> tuple[int, int, str]:
    world, opens = play.world, play.scenario.opens
    begin = opens if play.scenario.stage != "waiting" else 0
    end = max(play.minute, begin + 1)
    if world.cause.during_until == "free" and world.free_at is not None:
        end = max(world.free_at, begin + 1)
    return begin, end, play.scenario.words(world.cause.during)
