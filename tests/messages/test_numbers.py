"""What is said of a telephone number as typed."""

import pytest

from interview_coach.messages.numbers import number_words


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", ""),
        ("+44 (0)20 7946 0100", "+44 20 7946 0100 can be a number."),
        ("0044 20 7946 0100", "+44 20 7946 0100 can be a number."),
        ("+1 555 01", "+155501 has too few or too many digits for its country"),
        ("+999 123", "No country has a code like that of +999123"),
        ("020 7946 0100", "It has 11 digits, which can be right."),
        ("555-01", "It has only 5 digits"),
        ("0123456789012345", "It has 16 digits, too many"),
        ("ask her", "There is no number in it"),
    ],
)
def test_a_number_is_judged_by_what_can_be_known(given: str, says: str) -> None:
    assert number_words(given).startswith(says)
    assert (number_words(given) == "") == (says == "")
