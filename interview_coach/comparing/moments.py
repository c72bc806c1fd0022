"""The moments for which policies are compared, and the calls of the practice that show each of them."""

from collections.abc import Mapping
from typing import Literal, get_args

from interview_coach.simulation.scenario import Scenario

__all__ = ["MOMENTS", "SCENARIOS", "Moment", "moment_of"]

Moment = Literal["silent_phone", "nobody_answers", "nobody_joins", "you_missed_it"]
MOMENTS: tuple[Moment, ...] = get_args(Moment)

SCENARIOS: Mapping[str, Moment] = {
    "silent_phone": "silent_phone",
    "no_answer": "nobody_answers",
    "video_nobody_joins": "nobody_joins",
    "phone_on_silent": "you_missed_it",
    "no_reception": "you_missed_it",
    "stuck_in_traffic": "you_missed_it",
    "overslept": "you_missed_it",
}
"""The calls that a comparison is offered for, and the moment of each."""


def moment_of(scenario: Scenario) -> Moment:
    """Say which moment a call is: whose miss it was, and by which way."""
    if scenario.missed_by == "candidate":
        return "you_missed_it"
    if scenario.channel != "phone":
        return "nobody_joins"
    return "silent_phone" if scenario.caller == "interviewer" else "nobody_answers"
