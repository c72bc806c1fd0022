"""What is said of a telephone number as typed."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from interview_coach.messages.numbers import number_words

COMPARE = "Compare it digit by digit with the invitation."
ABROAD = "From abroad it needs the country's code first."
UNKNOWN = "has the right length, but no number of its country is known to begin like that: compare it digit by digit with the invitation."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", ""),
        ("  ", ""),
        ("+44 (0)20 7946 0100", f"+44 20 7946 0100 can be a number. {COMPARE}"),
        ("tel: +44 20 7946 0100", f"+44 20 7946 0100 can be a number. {COMPARE}"),
        ("+1 555 01", "+1 555 01 has too few digits for its country: compare them one by one."),
        ("+1 555 0100", "+1 555 0100 has too few digits for its country (the area's code is missing): compare them one by one."),
        ("+1 212 555 01471", "+1 212 555 01471 has too many digits for its country: compare them one by one."),
        ("+1 000 000 0000", f"+1 000 000 0000 {UNKNOWN}"),
        ("+1 555 555 0100", f"+1 555 555 0100 {UNKNOWN}"),
        ("+999 123", "No country has a code like that of +999 123: check the digits after the plus."),
        ("+1", "+1 has too few or too many digits for a number: compare them one by one."),
        ("020 7946 0100", f"020 7946 0100 has 11 digits, which can be right. {ABROAD}"),
        ("555-01", "555-01 has only 5 digits: one or more seem to be missing."),
        ("5", "5 has only 1 digit: one or more seem to be missing."),
        ("0123456789012345", "0123456789012345 has 16 digits, too many for a number: some seem to be double."),
        ("000 000 0000", "000 000 0000 has the same digit throughout: compare it with the invitation."),
        ("ask her", "There is no number in “ask her”: type the digits as they stand in the invitation."),
    ],
)  # fmt: skip
def test_a_number_is_judged_by_what_can_be_known(given: str, says: str) -> None:
    assert number_words(given) == says


@pytest.mark.parametrize(
    "given",
    [
        "+1 212 555 0147",  # NANPA: 555-0100 to 555-0199
        "+44 20 7946 0100",  # Ofcom, numbers for drama
        "+44 7700 900123",
        "+44 1632 960123",
        "+44 3069 990123",
    ],
)
def test_numbers_kept_for_films_and_examples_can_be_numbers(given: str) -> None:
    assert number_words(given).endswith(f" can be a number. {COMPARE}")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("020 7946 0100 ext 22", f"020 7946 0100 has 11 digits, which can be right. {ABROAD} Extension 22 comes after it."),
        ("+1 212 555 0147 x22", f"+1 212-555-0147 can be a number. {COMPARE} Extension 22 comes after it."),
        ("(212) 555-0147x22", f"(212) 555-0147 has 10 digits, which can be right. {ABROAD} Extension 22 comes after it."),
        ("555-01, Ext. 4", "555-01 has only 5 digits: one or more seem to be missing. Extension 4 comes after it."),
        ("+49 30 23125 000 Durchwahl 7", f"+49 30 23125000 can be a number. {COMPARE} Extension 7 comes after it."),
    ],
)  # fmt: skip
def test_an_extension_is_named_and_not_counted(given: str, says: str) -> None:
    assert number_words(given) == says


@pytest.mark.parametrize(
    "given", ["00 44 20 7946 0100", "0044 20 7946 0100", "011 44 20 7946 0100", "01144 20 7946 0100", "0011 44 20 7946 0100"]
)  # fmt: skip
def test_what_is_dialled_before_a_countrys_code_is_no_part_of_the_number(given: str) -> None:
    assert number_words(given) == f"+44 20 7946 0100 can be a number. {COMPARE}"


@pytest.mark.parametrize("given", ["0114 496 0000", "0117 496 0000"])
def test_an_areas_code_that_begins_with_011_is_not_taken_for_a_prefix(given: str) -> None:
    assert number_words(given).startswith(f"{given} has 11 digits, which can be right.")


@settings(max_examples=150, deadline=None)
@drawn(st.text(alphabet="+0123456789 ()-.x#extEXT,;/", max_size=40) | st.text(max_size=30))
def test_whatever_is_typed_gets_whole_sentences_that_do_not_begin_with_it(given: str) -> None:
    said = number_words(given)
    assert bool(said) == bool(given.strip())
    assert not said.startswith("It ")
    assert said == "" or said.endswith(".")
