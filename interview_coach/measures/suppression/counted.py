"""What the measures count in common, and what is counted among what: so that one figure gives no other away.

A pair is here only if the one is a part of the other in every frame that the measures can give, by
whatever it is grouped. Calls, interviews and clients are things of their own: nothing is left between
the missed calls and the interviews that were rebooked after one.
"""

from collections.abc import Iterable, Mapping

from interview_coach.measures.catalogue import CATALOGUE
from interview_coach.measures.rates import OF_A_MISS, OF_A_MOVE
from interview_coach.measures.recovery import STEPS
from interview_coach.measures.suppression.structure import Within

__all__ = [
    "AMONG",
    "COUNTED",
    "LEFT",
    "SAME",
    "SPLITS",
    "counted_in",
    "dimension_of",
    "splits_of",
    "within",
]

_FUNNEL = "funnel"

# What stands above and below the line of each measure that has one.
COUNTED: dict[str, tuple[str, str]] = {
    name: (entry.above, entry.below)
    for name, entry in CATALOGUE.items()
    if entry.unit != "curve" and name != _FUNNEL
}
# The same of the funnel, step by step; whatever can be followed was missed.
_FOLLOWED = CATALOGUE[_FUNNEL].below
# As the catalogue's words, they are keys: what is the same is named the same.
_STEPS = {
    step: f"missed calls, {step}" if at else _FOLLOWED  # unmarked: keys
    for at, step in enumerate(STEPS)
}
_first, _MESSAGE, _SAME_DAY, _rebooked, _COMPLETED = _STEPS.values()

_MISSED, _HELD = COUNTED["missed_call_rate"]
_BOOKED = COUNTED["missed_call_rate_booked"][1]
_RESCHEDULED = COUNTED["reschedule_rate"][0]
_BEFORE = COUNTED["reschedule_rate_proactive"][0]
_AFTER = COUNTED["reschedule_rate_reactive"][0]
_MOVES = COUNTED["moves_per_interview"][0]
_SPOKE, _NO_TALK_BEFORE = COUNTED["same_day_reconnection_rate"]
_RECOVERED, _ELAPSED = COUNTED["recovery_rate"]
_SENT, _NO_MESSAGE_BEFORE = COUNTED["first_message_delay"]

# What is counted among what, so that the difference could be worked out. What is left of the missed
# calls are those pending and left out.
AMONG: tuple[tuple[str, str], ...] = (
    (_HELD, _BOOKED),
    (_BEFORE, _RESCHEDULED),
    (_AFTER, _RESCHEDULED),
    # Each of them was moved at least once.
    (_RESCHEDULED, _MOVES),
    (_ELAPSED, _MISSED),
    (_NO_MESSAGE_BEFORE, _MISSED),
    (_NO_TALK_BEFORE, _MISSED),
    (_FOLLOWED, _NO_TALK_BEFORE),
    *zip(list(_STEPS.values())[1:], _STEPS.values(), strict=False),
    (COUNTED["career_outcomes_rate"][1], COUNTED["knowledge_rate"][0]),
)


# What is left of several. Who was recovered has completed a call, or was left out of the funnel; of
# the latter those who are said to have talked before the start may be known apart, and so on.
LEFT: tuple[Mapping[str, int], ...] = (
    {_BEFORE: 1, _AFTER: 1, _RESCHEDULED: -1},
    {_MOVES: 1, _BEFORE: -1, _AFTER: -1},
    {_SAME_DAY: 1, _NO_TALK_BEFORE: 1, _FOLLOWED: -1, _SPOKE: -1},
    {_MESSAGE: 1, _MISSED: 1, _FOLLOWED: -1, _SENT: -1},
    {_COMPLETED: 1, _MISSED: 1, _FOLLOWED: -1, _RECOVERED: -1},
    {_COMPLETED: 1, _MISSED: 1, _NO_TALK_BEFORE: -1, _RECOVERED: -1},
    {_FOLLOWED: 1, _MISSED: 1, _NO_TALK_BEFORE: -1, _ELAPSED: -1},
)

# What everybody takes for the same where it is: with nothing left out, what can be followed, and what
# is old enough, are all missed calls; without moves and cancellations an interview is a call.
SAME: tuple[tuple[str, str], ...] = (
    (_NO_TALK_BEFORE, _MISSED),
    (_NO_MESSAGE_BEFORE, _MISSED),
    (_FOLLOWED, _MISSED),
    (_ELAPSED, _MISSED),
    (_FOLLOWED, _ELAPSED),
    (_HELD, _BOOKED),
    (COUNTED["reschedule_rate"][1], _HELD),
    (COUNTED["reschedule_rate"][1], _BOOKED),
)

# By these the numerator of a measure that is not in the catalogue is split.
SPLITS = OF_A_MISS | OF_A_MOVE


def counted_in(measure: str, step: str | None = None) -> tuple[str, str]:
    """Say what stands above and below the line of a measure, or of a step of the funnel."""
    if measure == _FUNNEL and step in _STEPS:
        return _STEPS[step], _FOLLOWED
    return COUNTED.get(measure, (f"{measure}: n", f"{measure}: N"))


def splits_of(measure: str) -> frozenset[str]:
    """Name the groupings by which only the numerator of a measure is split."""
    return CATALOGUE[measure].splits if measure in CATALOGUE else SPLITS


def dimension_of(measure: str, by: str) -> str:
    """Name what a measure is grouped by: the same name only where a group holds the same things.

    Interviews are split by their first move of the kind that is counted: one that was rebooked by the
    client, then moved by the interviewer, is the client's among all and the interviewer's among the
    moved.
    """
    if by in OF_A_MOVE and measure in CATALOGUE and CATALOGUE[measure].splits == OF_A_MOVE:
        return f"{by} ({CATALOGUE[measure].above})"
    return by


def within(measured: Iterable[tuple[str, str]], among: Iterable[tuple[str, str]]) -> Within:
    """Say what is counted among what: the pairs given, and the kit's own.

    Parameters
    ----------
    measured : iterable of (part, whole)
        What stands above and below the line of the measures that are given.
    among : iterable of (part, whole)
        More, besides `AMONG`.
    """
    own = [COUNTED[name] for name in COUNTED if CATALOGUE[name].unit != "mean"]
    return Within([*measured, *own, *AMONG, *among], LEFT, SAME)
