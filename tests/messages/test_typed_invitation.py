"""An invitation as it stands in a mail: what is sure is taken, what is not is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.messages import read_typed
from interview_coach.times import read_time

NOW = read_time("2026-03-05T14:10", "Europe/London", "now")  # a Thursday


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Interview Thu 5 March 2pm ET with Ms Mahoney, 555-0100", "2026-03-05T14:00:00-05:00[America/New_York]"),
        ("Your interview is on Thursday at 14:00", "2026-03-05T14:00:00+00:00[Europe/London]"),
        ("We will call you tomorrow at half past ten", "2026-03-06T10:30:00+00:00[Europe/London]"),
        ("phone interview, March 5th 2026, 2:00 PM GMT", "2026-03-05T14:00:00+00:00[Europe/London]"),
        ("2026-03-05 at 14:00", "2026-03-05T14:00:00+00:00[Europe/London]"),
        ("28 December at 9am", "2025-12-28T09:00:00+00:00[Europe/London]"),
        ("Monday 9.30 am CET", "2026-03-02T09:30:00+01:00[Europe/Berlin]"),
    ],
)  # fmt: skip
def test_day_time_and_zone_are_read(text: str, start: str) -> None:
    assert read_typed(text, timezone="Europe/London", now=NOW).start.format_iso() == start


def test_numbers_come_along_and_doubts_are_said() -> None:
    found = read_typed("Call me at 2 or at 3 on 020 7946 0100", timezone="Europe/London", now=NOW)
    assert found.numbers == ("020 7946 0100",)
    assert found.doubts == (
        "It names several times; the first, 2, is taken.",
        "It names no day that can be read: today is taken.",
        "It does not say whether morning or afternoon is meant; check it.",
        "It names no time zone: 2:00 pm is taken as your own time; check it with them.",
    )


@pytest.mark.parametrize("text", ["", "see you soon", "<script>alert(1)</script>"])
def test_without_a_time_one_sentence_says_what_to_do(text: str) -> None:
    with pytest.raises(KitError) as caught:
        read_typed(text, timezone="Europe/London", now=NOW)
    assert str(caught.value) == (
        "invitation: no clock time can be read in it; type the day and time instead."
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["31 february", "at 2", "24:00", "2pm", "the 31st", "12/40", "0000-99-99", "may", "noon ET", "half two", "0:60", "\u200b", "tomorrow"]), max_size=6).map(" ".join)
    | st.text(max_size=80)
)  # fmt: skip
def test_any_text_ends_in_an_appointment_or_in_one_sentence(text: str) -> None:
    try:
        found = read_typed(text, timezone="Europe/London", now=NOW)
    except KitError as error:
        assert str(error).endswith(".")
    else:
        assert abs((found.start - NOW).total("hours")) < 24 * 400 or "0" in text
