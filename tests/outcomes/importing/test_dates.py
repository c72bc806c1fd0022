"""Dates as spreadsheets hold them. The shapes are those of the real attendance file, and neighbours."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.outcomes.importing.dates import FileDate, doubts, read_date, read_time_of_day

TODAY = date(2026, 11, 23)

DAY_FIRST = {
    "13.02.2015": date(2015, 2, 13),
    "04/12/16": date(2016, 12, 4),
    "21.4.16": date(2016, 4, 21),
    "05/11/2016": date(2016, 11, 5),
    "25.5.2016": date(2016, 5, 25),
    "25.05.16": date(2016, 5, 25),
    "5.5.16": date(2016, 5, 5),
    "25-05-2016": date(2016, 5, 25),
    "25-5-2016": date(2016, 5, 25),
    "15 Apr 16": date(2016, 4, 15),
    "4.04.15": date(2015, 4, 4),
    "21-Apr -16": date(2016, 4, 21),
    "9.04.2015": date(2015, 4, 9),
    "25 – Apr-16": date(2016, 4, 25),
    "22 -Apr -16": date(2016, 4, 22),
    "30.1.16 ": date(2016, 1, 30),
    "2016-04-21": date(2016, 4, 21),
    "20160421": date(2016, 4, 21),
    "Thu, 21 April 2016": date(2016, 4, 21),
    "April 21st, 2016": date(2016, 4, 21),
    "29.02.2016": date(2016, 2, 29),
    "5 de marzo de 2026": date(2026, 3, 5),
    "miércoles, 4 de marzo del 2026": date(2026, 3, 4),
    "jue. 5 mar 2026": date(2026, 3, 5),
    "12-ago-26": date(2026, 8, 12),
    "1º enero 2026": date(2026, 1, 1),
    "5. März 2026": date(2026, 3, 5),
    "Donnerstag, 5. Maerz 2026": date(2026, 3, 5),
    "Do., 17. Dez. 2026": date(2026, 12, 17),
    "24.Okt.2026": date(2026, 10, 24),
    "1er février 2026": date(2026, 2, 1),
    "vendredi 14 août 2026": date(2026, 8, 14),
    "14 juil. 2026": date(2026, 7, 14),
    "Mar 5, 2026": date(2026, 3, 5),
    "Mon 5 Oct 2026": date(2026, 10, 5),
}


@pytest.mark.parametrize(("text", "day"), DAY_FIRST.items())
def test_a_date_is_read_day_first(text: str, day: date) -> None:
    assert read_date(text, "day") == FileDate(day)


@pytest.mark.parametrize(
    ("text", "clock"),
    {
        "28.08.2016 & 09.00 AM": time(9),
        "28.8.2016 & 12.00 PM": time(12),
        "28.08.2016 & 9.30 AM": time(9, 30),
        "28.08.2016 12:00 am": time(0),
        "28/08/2016 at 2 pm": time(14),
        "2016-08-28T14:05": time(14, 5),
        "28.08.2016, 14:05:30": time(14, 5, 30),
        "28.8.2016 um 14 Uhr": time(14),
        "28/8/2016 a las 9:30 h": time(9, 30),
        "28 de agosto de 2016 a la 1 p. m.": time(13),
        "28/08/2016 à 14h05": time(14, 5),
        "28 août 2016 14h": time(14),
    }.items(),
)
def test_a_time_behind_the_date_is_read(text: str, clock: time) -> None:
    assert read_date(text, "day") == FileDate(date(2016, 8, 28), clock)


def test_an_offset_is_read() -> None:
    assert read_date("2016-08-28T14:05:00+05:30", None).offset == 330
    assert read_date("2016-08-28T14:05Z", None).offset == 0


def test_the_stated_order_decides() -> None:
    assert read_date("04/12/16", "day").day == date(2016, 12, 4)
    assert read_date("04/12/16", "month").day == date(2016, 4, 12)
    assert read_date("04-12-16", "year").day == date(2004, 12, 16)


@pytest.mark.parametrize(
    ("text", "order", "says"),
    [
        (
            "13/02/2015",
            "month",
            "there is no month 13 (the mapping says that the month stands first)",
        ),
        ("31.04.2016", "day", "there is no day 31 in April 2016, which has 30"),
        ("29.02.2015", "day", "there is no day 29 in February 2015, which has 28"),
        ("00.04.2016", "day", "there is no day 0 in April 2016, which has 30"),
        ("2016-13-01", None, "there is no month 13"),
        (
            "42048",
            "day",
            "it is a spreadsheet's number of a day; format the column as a date first",
        ),
        ("soon", "day", "this is not a date"),
        (
            "2026-03-05" + " " * 300,
            "day",
            "this is not a date",
        ),  # nobody waits for a cell to be read
        ("15 Apx 16", "day", "there is no month of that name"),
        ("15.04.16 & noonish", "day", "this is not a time of day; write it as 14:00"),
        ("15.04.16 & 25:00", "day", "there is no such time in a day"),
        ("15.04.16 & 13.00 AM", "day", "there is no 13 o'clock am"),
        (
            "04/12/16",
            None,
            'is it the day or the month that stands first? say date_order = "day" or "month" under '
            "[time] of the mapping",
        ),
    ],
)
def test_what_is_no_date_says_why(text: str, order: str | None, says: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_date(text, order)  # type: ignore[arg-type]
    assert str(caught.value) == says


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["{d:02}.{m:02}.{y}", "{d}/{m}/{y}", "{d}-{m}-{s:02}", " {d} {n} {y}", "{d}–{n} -{s:02}"]
    ),
)
def test_any_day_written_day_first_comes_back(day: date, shape: str) -> None:
    name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    text = shape.format(d=day.day, m=day.month, y=day.year, s=day.year % 100, n=name[day.month - 1])
    assert read_date(text, "day").day == day


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        read_date(text, "day")
    except ValueError as error:
        assert str(error)


@given(st.times())
def test_any_time_of_day_comes_back(clock: time) -> None:
    whole = clock.replace(microsecond=0)
    assert read_time_of_day(f"{whole:%H:%M:%S}") == whole
    assert read_time_of_day(f"{whole:%I.%M %p}") == whole.replace(second=0)


def doubt(days: list[date | None], ended: bool = True) -> list[bool]:
    found = doubts(days, [ended] * len(days), list(range(2, len(days) + 2)), TODAY)
    return [says is not None for says in found]


def test_a_filled_down_column_is_doubted_after_its_first_row() -> None:
    days: list[date | None] = [date(year, 4, 12) for year in range(2016, 2024)]
    days = [date(2016, 5, 11), *days, date(2016, 5, 8)]
    assert doubt(days) == [False, False] + [True] * 7 + [False]
    says = doubts(days, [True] * 10, list(range(438, 448)), TODAY)[2]
    assert says == (
        "the year rises by one from row to row, as when a spreadsheet fills a column down "
        "(lines 439 to 446)"
    )


def test_two_rows_a_year_apart_are_believed() -> None:
    assert doubt([date(2016, 4, 12), date(2017, 4, 12), date(2017, 4, 12)]) == [False] * 3


def test_a_missing_date_ends_a_run() -> None:
    assert not any(doubt([date(2016, 4, 12), date(2017, 4, 12), None, date(2018, 4, 12)]))


def test_a_call_that_is_over_cannot_lie_ahead() -> None:
    ahead = TODAY + timedelta(days=3)
    assert doubt([ahead]) == [True]
    assert doubt([ahead], ended=False) == [False]


def test_a_date_far_outside_the_bulk_is_doubted_on_either_side() -> None:
    bulk = [date(2016, 1, 1) + timedelta(days=3 * n) for n in range(100)]
    assert doubt([*bulk, date(2019, 1, 1), date(2012, 1, 1)]) == [False] * 100 + [True, True]
    assert not any(doubt([*bulk, date(2017, 9, 1)]))
    assert not any(doubt([date(2016, 1, 1), date(2025, 1, 1)]))
