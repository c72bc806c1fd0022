"""What a situation may not be, and what the two clocks of a call say of each other."""

from typing import Any

import pytest

from interview_coach.advice import Situation, advise
from interview_coach.errors import KitError
from interview_coach.playbook import load_playbook
from interview_coach.times import read_time

PLAYBOOK = load_playbook()
LONDON = "Europe/London"
START = read_time("2026-03-05T14:00", LONDON, "start")


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (1, "1 minute"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
    ],
)
def test_asking_before_the_appointment_is_refused(ahead: int, words: str) -> None:
    with pytest.raises(KitError) as refused:
        advise(
            Situation(caller="interviewer", scheduled=START),
            START.subtract(minutes=ahead),
            PLAYBOOK,
        )
    now = START.subtract(minutes=ahead)
    half = "am" if now.hour < 12 else "pm"
    assert str(refused.value) == (
        f"now: it is {(now.hour - 1) % 12 + 1}:{now.minute:02} {half} today and the interview is "
        f"2:00 pm today (Europe/London), {words} ahead; nothing has been missed yet, ask again "
        "once it has begun or check the date and zone that you gave."
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"caller": "me"}, "caller: 'me' is not known; use one of interviewer, candidate."),
        (
            {"missed_by": "nobody"},
            "missed_by: 'nobody' is not known; use one of interviewer, candidate, unknown.",
        ),
        ({"channel": "fax"}, "channel: 'fax' is not known; use one of phone, video, in_person."),
        ({"stage": "x"}, "stage: 'x' is not known; use one of waiting, rebooked, spoken."),
        ({"attempts": -1}, "attempts: -1 calls cannot be; give 0 or more."),
        ({"miss": 0}, "miss: 0 cannot be; the first miss is 1."),
        ({"stage": "rebooked"}, "new time: a new appointment was agreed; say for when."),
        (
            {"their_timezone": "Mars/Base"},
            "their timezone: there is no time zone called 'Mars/Base'; "
            "use a name such as 'Europe/London'.",
        ),
    ],
)
def test_a_situation_that_cannot_be_is_refused(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(KitError) as refused:
        Situation(**{"caller": "interviewer", "scheduled": START, **facts})
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("scheduled", "zone", "theirs", "minutes", "says"),
    [
        ("2026-03-05T14:00", LONDON, None, 7, ""),
        (
            "2026-03-05T14:00",
            LONDON,
            "Europe/Lisbon",
            7,
            "Both clocks say 2:00 pm: the zones do not explain it.",
        ),
        (
            # New York's clocks went forward on 8 March 2026, London's on 29 March: four hours, not five.
            "2026-03-17T14:00",
            LONDON,
            "America/New_York",
            7,
            "2:00 pm for you is 10:00 am for them. If the invitation meant 2:00 pm in "
            "America/New_York, the call is at 6:00 pm your time, 3 hours 53 minutes from now. The "
            "clocks of the two places change on different days about now, so the usual difference "
            "may not hold.",
        ),
        (
            "2026-01-15T14:00",
            LONDON,
            "Asia/Kolkata",
            7,
            "2:00 pm for you is 7:30 pm for them. If the invitation meant 2:00 pm in Asia/Kolkata, "
            "the call is at 8:30 am your time, 5 hours 37 minutes ago.",
        ),
        (
            # From one edge of the date line to the other: 25 hours.
            "2026-03-05T23:30",
            "Pacific/Pago_Pago",
            "Pacific/Kiritimati",
            10,
            "11:30 pm for you is 12:30 am two days on for them. If the invitation meant 11:30 pm "
            "in Pacific/Kiritimati, the call is at 10:30 pm the day before your time, 1 day 1 hour "
            "ago.",
        ),
        (
            "2026-03-05T00:30",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            10,
            "12:30 am for you is 11:30 pm two days before for them. If the invitation meant 12:30 "
            "am in Pacific/Pago_Pago, the call is at 1:30 am the next day your time, 1 day 50 "
            "minutes from now.",
        ),
    ],
)
def test_the_two_clocks_are_compared(
    scheduled: str, zone: str, theirs: str | None, minutes: int, says: str
) -> None:
    """K2: what can be checked is checked first."""
    start = read_time(scheduled, zone, "start")
    situation = Situation(caller="interviewer", scheduled=start, their_timezone=theirs)
    assert advise(situation, start.add(minutes=minutes), PLAYBOOK).time_check == says
