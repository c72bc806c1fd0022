"""Walk every story of a scenario: all orders of choices, so that nothing in it is left untried.

The walk goes through every order of the first so many choices, and from each point that it has
come to plays on as the guidance would, to the end. It also leaves the guidance's own path once at
each of its later points, by every choice that is open there. Stories that have come to the same point by
different ways are walked on only once: same minute, same things done and judged alike, the same
still to come. So up to its bound it is exhaustive and no sample.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from interview_coach.language import _, current, use
from interview_coach.playbook import Playbook
from interview_coach.simulation.debrief import next_by
from interview_coach.simulation.engine import Action, Play, start, step
from interview_coach.simulation.judge import Judge, Tally
from interview_coach.simulation.loading import load_scenarios
from interview_coach.simulation.scenario import LEVELS, Level, Scenario
from interview_coach.simulation.world import World, draw_world
from interview_coach.wording import number

__all__ = [
    "MOST_CHOICES",
    "Failure",
    "Walk",
    "levels_of",
    "seeds_of",
    "unreached",
    "walk",
    "walk_all",
]

MOST_CHOICES = 3
"""How many choices of a story are tried in every order, before the guidance plays it to its end.

One less at the levels beyond the first, where little else can happen.
"""

_LONGEST = 60  # actions; a story that the guidance cannot end within these has no end
_SEEDS = 120  # drawn to find worlds of every cause, early and late ones


@dataclass(frozen=True)
class Failure:
    """A story that is not as it should be; it replays from seed, level and actions."""

    scenario: str
    level: str
    seed: int
    actions: tuple[str, ...]
    wrong: str

    def __str__(self) -> str:
        return _("{scenario}, level {level}, seed {seed}, after {actions}: {wrong}").format(
            scenario=self.scenario,
            level=self.level,
            seed=self.seed,
            actions=", ".join(self.actions) or _("nothing"),
            wrong=self.wrong,
        )


@dataclass
class Walk:
    """What a walk has seen.

    Attributes
    ----------
    states : int
        Different points of stories that were visited.
    ended : int
        Of those, how many were ends.
    outcomes, rules, replies : set of str
        Which ends were reached, which rules spoke, which reactions and happenings came.
    failures : list of Failure
        Stories that did not end, or that score above the guidance.
    """

    scenario: str
    states: int = 0
    ended: int = 0
    outcomes: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    replies: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: "Walk") -> None:
        """Take another walk of the same scenario into this one."""
        self.states += other.states
        self.ended += other.ended
        self.outcomes |= other.outcomes
        self.rules |= other.rules
        self.replies |= other.replies
        self.failures += other.failures


def seeds_of(scenario: Scenario) -> list[int]:
    """Choose seeds whose worlds show every cause at its earliest and at its latest.

    For each cause: the seed whose interviewer is free first, the one who is free last, and, where
    chance answers, one whose first answers are yes and one whose are no.
    """
    by_cause: dict[str, list[tuple[int, World]]] = {}
    for seed in range(_SEEDS):
        world = draw_world(scenario, seed)
        by_cause.setdefault(world.cause.hidden, []).append((seed, world))
    chosen: set[int] = set()
    for drawn in by_cause.values():
        when = sorted(drawn, key=lambda one: (one[1].free_at or 0, one[1].minutes))
        answers = sorted(drawn, key=lambda one: one[1].answers)
        chosen |= {when[0][0], when[-1][0]}
        if answers[0][1].answers != answers[-1][1].answers:
            chosen |= {answers[0][0], answers[-1][0]}
    return sorted(chosen)


def levels_of(scenario: Scenario) -> tuple[Level, ...]:
    """List the levels at which something else can happen; levels that only differ in words are one."""
    told = [
        one.levels
        for cause in scenario.cause
        for one in (*scenario.reactions(cause), *scenario.happenings(cause))
    ] + [offer.levels for offer in scenario.offer]
    found: dict[tuple[bool, ...], Level] = {}
    for level in LEVELS:
        found.setdefault(tuple(level in levels for levels in told), level)
    return tuple(found.values())


def walk(
    scenario: Scenario,
    seed: int,
    level: Level,
    playbook: Playbook,
    most_choices: int = MOST_CHOICES,
) -> Walk:
    """Walk all stories of one hidden world, at one level.

    Parameters
    ----------
    most_choices : int
        How many choices are tried in every order.
    """
    judge, found = Judge(scenario, playbook), Walk(scenario.id)
    ends: list[tuple[Play, float]] = []
    seen: set[object] = set()
    first = (start(scenario, seed, level), Tally())
    # Each with whether everything so far was what the guidance would do.
    edge = [(*first, True)]
    for deep in range(most_choices + _LONGEST):
        further: list[tuple[Play, Tally, bool]] = []
        for play, tally, guided in edge:
            tally = judge.look(tally, play)
            key = (_key(play, tally), guided)
            if key in seen:
                continue
            seen.add(key)
            found.rules |= {rule.id for rule in judge.speaking(play)}
            found.rules |= {one.rule for one in tally.judged if one.rule is not None}
            found.replies.add(play.events[-1].kind)
            if play.outcome is not None:
                found.outcomes.add(play.outcome)
                ends.append((play, _score(judge, tally, play)))
                continue
            if not play.offers:
                found.failures.append(_failure(play, _("it goes on, and nothing can be done")))
                continue
            best = next_by(judge, tally, play)[0]
            tried = play.open if guided or deep < most_choices else (best,)
            further += [
                (
                    step(play, action, playbook),
                    judge.judge(tally, play, action),
                    guided and action == best,
                )
                for action in tried
            ]
        edge = further
    found.failures += [_failure(play, _("it does not end")) for play, *_rest in edge]
    found.states, found.ended = len(seen), len(ends)
    reached = _guided(judge, *first)
    above = _("it scores {score}, above the guidance ({reached})")
    found.failures += [
        _failure(play, above.format(score=number(score, 2), reached=number(reached, 2)))
        for play, score in ends
        if score > reached + 1e-9
    ]
    return found


def _guided(judge: Judge, play: Play, tally: Tally) -> float:
    for _action in range(_LONGEST):
        tally = judge.look(tally, play)
        if play.outcome is not None:
            break
        action = next_by(judge, tally, play)[0]
        tally, play = judge.judge(tally, play, action), step(play, action, judge.playbook)
    return _score(judge, tally, play)


def _score(judge: Judge, tally: Tally, play: Play) -> float:
    points = judge.skills(judge.close(tally, play).judged).values()
    got, possible = sum(one[0] for one in points), sum(one[1] for one in points)
    return got / possible if possible else 1.0


def _key(play: Play, tally: Tally) -> object:
    """Name the point a story has come to: what else happens and is judged depends on this alone."""
    told = frozenset(
        (verb, play.done[verb])
        for happening in play.scenario.happenings(play.world.cause)
        for verb in happening.upon
        if verb in play.done
    )
    duties = frozenset(
        (key, duty.met, duty.opened, duty.latest) for key, duty in tally.duties.items()
    )
    harm = sum(one.judgement == "harmful" for one in tally.judged)
    return (
        play.minute,
        play.phase,
        play.outcome,
        play.events[-1].kind,
        frozenset(play.done),
        frozenset(event.kind for event in play.events),
        play.attempts,
        play.asked,
        play.happened,
        told,
        duties,
        harm,
    )


def _failure(play: Play, wrong: str) -> Failure:
    done = tuple(_said(action) for _minute, action in play.actions)
    return Failure(play.scenario.id, play.level, play.seed, done, wrong)


def _said(action: Action) -> str:
    return action.do if action.until is None else f"{action.do} until {action.until}"


class _Walker:
    """Walks in a process of its own, with the playbook handed over once."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook, self.scenarios = playbook, load_scenarios(playbook)

    def __call__(self, key: str, seed: int, level: Level, most_choices: int) -> Walk:
        return walk(self.scenarios[key], seed, level, self.playbook, most_choices)


_walker: _Walker | None = None


def _begin(playbook: Playbook, language: str) -> None:
    global _walker  # a process has one, and keeps it between its jobs
    use(language)
    _walker = _Walker(playbook)


def _walk_one(job: tuple[str, int, Level, int]) -> Walk:
    assert _walker is not None  # held by the pool's initializer
    return _walker(*job)


def walk_all(
    playbook: Playbook,
    scenarios: Iterable[str] | None = None,
    *,
    most_choices: int = MOST_CHOICES,
    processes: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> Mapping[str, Walk]:
    """Walk every scenario: all causes, all levels, all orders of choices up to the bound.

    Parameters
    ----------
    scenarios : iterable of str, optional
        Ids; all unless told otherwise.
    processes : int
        How many to spread the walks over.
    progress : callable, optional
        Told how many walks are done, and of how many.

    Returns
    -------
    mapping of str to Walk
        By scenario.
    """
    known = load_scenarios(playbook)
    keys = list(known if scenarios is None else scenarios)
    jobs: Sequence[tuple[str, int, Level, int]] = [
        # A further level adds little but words: one choice less is tried there in every order.
        (key, seed, level, most_choices - (place > 0))
        for key in keys
        for seed in seeds_of(known[key])
        for place, level in enumerate(levels_of(known[key]))
    ]
    whole = {key: Walk(key) for key in keys}
    if processes == 1:
        walker = _Walker(playbook)
        return _gathered(whole, (walker(*job) for job in jobs), len(jobs), progress)
    given = (playbook, current())
    with ProcessPoolExecutor(processes, initializer=_begin, initargs=given) as pool:
        walks = pool.map(_walk_one, jobs, chunksize=4)
        return _gathered(whole, walks, len(jobs), progress)


def _gathered(
    whole: dict[str, Walk],
    walks: Iterable[Walk],
    of: int,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Walk]:
    for done, found in enumerate(walks, 1):
        whole[found.scenario].add(found)
        if progress is not None:
            progress(done, of)
    return whole


def unreached(scenario: Scenario, found: Walk) -> list[str]:
    """Name what a scenario's file promises and the walk never met: ends, replies, happenings."""
    ends, told = set(map(str, scenario.end)), set()
    for cause in scenario.cause:
        reactions, happenings = scenario.reactions(cause), scenario.happenings(cause)
        ends |= {one.outcome for one in reactions if one.outcome}
        ends |= {one.outcome for one in happenings if one.outcome}
        told |= {one.reply for one in reactions} | {one.kind for one in happenings}
    end, reply = _("end '{name}'"), _("reply '{name}'")
    return [end.format(name=one) for one in sorted(ends - found.outcomes)] + [
        reply.format(name=one) for one in sorted(told - found.replies)
    ]
