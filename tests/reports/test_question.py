"""What a report may be asked: each parameter checked, each fault one sentence."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from interview_coach.errors import KitError
from interview_coach.reports.question import Question


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"view": "public"}, "The view 'public' is not one; give 'coach' or 'funder'."),
        ({"language": "xx"}, "The report speaks English (en) or Español (es), and not 'xx'"),
        ({"group": "notes"}, "Notes are for you alone and appear in no report"),
        (
            {"view": "funder", "group": "client_id"},
            "A report for a funder cannot compare by 'client_id', which may point to a person",
        ),
        ({"days": 0}, "The days within which a missed call is to be recovered are '0'; give a"),
        ({"days": -1}, "The days within which a missed call is to be recovered are '-1'; give a"),
        ({"days": 1.5}, "The days within which a missed call is to be recovered are '1.5'; give a"),
        ({"days": True}, "The days within which"),
        ({"grace": -5}, "The minutes of grace are '-5'; give a number from 0 to 1,440."),
        ({"grace": float("nan")}, "The minutes of grace are 'nan'"),
        ({"start": "soon"}, "The first day of the window is 'soon', which is not a day;"),
        ({"end": "2026-02-30"}, "The last day of the window is '2026-02-30', which is not a day;"),
        ({"as_of": "now"}, "The day of the report is 'now', which is not a day;"),
        (
            {"start": "2026-02-01", "end": "2026-01-01"},
            "The window ends on 2026-01-01, before it begins on 2026-02-01.",
        ),
        (
            {"start": "2026-07-02", "as_of": "2026-06-30"},
            "The window begins on 2026-07-02, after the day of the report (2026-06-30): nothing can",
        ),
        ({"start": "2999-01-01"}, "The window begins on 2999-01-01, after the day of the report ("),
        ({"only": "Spring"}, "'Spring' names no group; write it as column=value"),
        ({"compare": "last year"}, "The comparison 'last year' is not understood; give a period"),
        (
            {"compare": "2025-12-31 to 2025-07-01", "start": "2026-01-01"},
            "The comparison ends on 2025-07-01, before it begins on 2025-12-31.",
        ),
        (
            {"compare": "2025-07-01 to 2026-01-31", "start": "2026-01-01"},
            "The period to compare with (2025-07-01 to 2026-01-31) overlaps the window;",
        ),
        ({"compare": "2025-07-01 to 2025-12-31"}, "The period to compare with"),
        ({"compare": "2025-07-99 to 2025-12-31", "start": "2026-01-01"}, "The comparison is"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(given: dict[str, Any], says: str) -> None:
    with pytest.raises(KitError) as caught:
        Question(**given)
    assert str(caught.value).startswith(says)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_texts_are_trimmed_and_an_empty_title_is_the_usual_one() -> None:
    question = Question(log=" outcomes.db ", title="  ", group=" cohort ")
    assert (question.log, question.title, question.group) == (
        "outcomes.db",
        "Outcome report",
        "cohort",
    )


def test_a_comparison_is_a_period_or_two_groups() -> None:
    period = Question(start="2026-01-01", compare="2025-07-01..2025-12-31")
    assert period.earlier == ("2025-07-01", "2025-12-31") and period.two_groups is None
    later = Question(end="2025-12-31", compare="2026-01-01 to 2026-06-30")
    assert later.earlier == ("2026-01-01", "2026-06-30")
    groups = Question(compare="Evening group vs Graduates")
    assert groups.two_groups == ("Evening group", "Graduates") and groups.earlier is None


def test_the_day_of_a_report_lasts_to_its_end_and_a_moment_stays_itself() -> None:
    assert Question(as_of="2026-06-30").moment == datetime(
        2026, 6, 30, 23, 59, 59, 999999, tzinfo=UTC
    )
    moment = datetime(2026, 6, 30, 12, 0, 5, tzinfo=UTC)
    assert Question().at(moment).moment == moment
    named = Question(as_of="2026-01-01")
    assert named.at(moment) is named


def test_only_what_differs_is_handed_on() -> None:
    given = {"days": 7, "view": "funder", "language": "en"}
    assert Question(days=7, view="funder").given() == given
    assert Question(**Question(days=7, only="cohort=A").given()) == Question(
        days=7, only="cohort=A"
    )


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def test_a_logo_is_a_picture_of_moderate_size(tmp_path: Path) -> None:
    good, svg = tmp_path / "logo.png", tmp_path / "logo.svg"
    good.write_bytes(PNG)
    svg.write_bytes(b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert Question().picture() is None
    assert Question(logo=str(good)).picture() == ("image/png", PNG)
    assert Question(logo=str(svg)).picture() == ("image/svg+xml", svg.read_bytes())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ" + b"0" * 40, r"The logo logo\.png is no PNG, JPEG or SVG picture"),
        (PNG * 30_000, r"The logo logo\.png is larger than 1 MB"),
        (None, r"The logo logo\.png cannot be read \(No such file or directory\)"),
    ],
)
def test_a_logo_that_is_none(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KitError) as caught:
        Question(logo=str(path)).picture()
    assert re.match(says, str(caught.value))
