"""``interview-coach measure`` gives any figure of a log, in words and for machines."""

import json
from pathlib import Path
from typing import Any

import pytest

from interview_coach.cli import main
from interview_coach.measures import CATALOGUE
from interview_coach.outcomes import OutcomeLog


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["measure", *words]) == 0
    return capsys.readouterr().out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["measure", *words]) == 2
    return capsys.readouterr().err.strip()


def test_every_measure_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    listed = said(capsys, "--list")
    assert [line.split()[0] for line in listed] == list(CATALOGUE)
    assert (
        "recovery_rate                missed calls that a completed call followed within some days, of "
        "missed calls with so many days elapsed" in listed
    )


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["recovery_rate", "--days", "14"],
            "recovery_rate                all                                 201/389  "
            "52%, between 47% and 57%; 3 pending",
        ),
        (
            ["first_message_delay"],
            "first_message_delay          all                                 330/392  "
            "half within 15 minutes, between 12 and 19",
        ),
        (
            ["moves_per_interview"],
            "moves_per_interview          all                               457/1,510  "
            "0.30 for each",
        ),
        (
            ["funnel"],
            "completed                            all                                 212/392  "
            "54%, between 49% and 59%; 2 pending",
        ),
    ],
)
def test_a_figure_of_the_sample(
    capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    as_of = [] if words[0] in ("first_message_delay", "moves_per_interview") else ["--as-of"]
    lines = said(capsys, "--measure", *words, *as_of, *["2026-06-30"] * len(as_of))
    assert lines[0].startswith("Synthetic sample data: 1,967 made-up calls")
    assert lines[-1] == line


def test_the_curve_is_told_at_a_few_days_and_given_whole(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["--measure", "time_to_reconnection", "--as-of", "2026-06-30"]
    lines = said(capsys, *asked)[1:]
    assert [line.split("after ")[1].split("  ")[0] for line in lines] == [
        "0 days",
        "1 day",
        "3 days",
        "7 days",
        "14 days",
        "30 days",
    ]
    whole = json.loads("\n".join(said(capsys, *asked, "--json")))
    assert len(whole) > 100
    assert {"minutes", "at_risk", "events", "value", "low", "high"} <= set(whole[0])


def test_by_several_columns_in_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--measure", "missed_call_rate", "--by", "cohort,quarter", "--json"]
    rows: list[dict[str, Any]] = json.loads(
        "\n".join(said(capsys, *words, "--from", "2026-01-01", "--to", "2026-06-30"))
    )
    assert len(rows) == 8
    assert rows[0]["group"] == "Career change · 2026-Q1"
    assert (rows[0]["cohort"], rows[0]["quarter"]) == ("Career change", "2026-Q1")


def test_outcomes_of_the_clients_of_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with OutcomeLog.open("outcomes.db") as log:
        log.add_call(
            {
                "client_id": "c1",
                "interview_id": "i1",
                "channel": "phone",
                "caller": "interviewer",
                "scheduled_at": "2026-03-05T14:00",
                "timezone": "Europe/London",
                "state": "completed",
            }
        )
    asked = ["--measure", "knowledge_rate,career_outcomes_rate"]
    lines = said(capsys, *asked)[1:]
    assert lines == [
        "knowledge_rate               all                                     0/1  "
        "few cases: 0%, between 0% and 79%",
        "career_outcomes_rate         all                                     0/0  no cases",
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["--measure", "happiness"],
            f"interview-coach: There is no measure 'happiness'; there are: {', '.join(CATALOGUE)}.",
        ),
        (
            ["--measure", "recovery_rate", "--as-of", "yesterday"],
            "interview-coach: --as-of: 'yesterday' is not a day; write it as 2026-01-31 "
            "(year-month-day).",
        ),
        (
            ["--measure", "missed_call_rate", "--days", "7"],
            "interview-coach: --days: the measures asked for have no such setting; leave it out.",
        ),
        (
            ["--measure", "knowledge_rate"],
            "interview-coach: The sample log knows no outcomes of clients; name a log of your own "
            "with --log.",
        ),
    ],
)
def test_what_cannot_be_asked(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert refused(capsys, *words) == says


def test_columns_stand_beneath_each_other_however_long_a_name_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = said(capsys, "--measure", "funnel", "--measure", "recovery_rate")[1:]
    assert any(line.startswith("spoke the same day, or further along ") for line in lines)
    assert len({line.index(" all ") for line in lines}) == 1
