"""Practice that clients agreed to have linked, and nobody else's, in every store."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from interview_coach.errors import KitError
from interview_coach.outcomes import OutcomeLog
from interview_coach.outcomes.attempts import Attempts
from tests.outcomes.entries import call

STORY: dict[str, Any] = {
    "scenario": "silent_phone",
    "level": "plain",
    "seed": 7,
    "playbook": "a1b2",
    "minute": 3,
}


def play(url: str, player: str, points: float | None, after: str | None = None) -> None:
    """Practise a call to its end, for so many of four points; None puts it aside."""
    with Attempts.open(url, player) as attempts:
        begun = attempts.begin(**STORY, after=after)
        if points is None:
            attempts.put_aside(begun)
        else:
            scores = {"timing": (points, 2.0), "tone": (0.0, 2.0)}
            attempts.save(replace(begun, outcome="spoke", scores=scores))


def rows(log: OutcomeLog) -> list[tuple[Any, ...]]:
    return list(log.practice().itertuples(index=False, name=None))


def test_only_those_who_agreed_and_only_first_plays(log: OutcomeLog, url: str) -> None:
    for client in ("c1", "c2", "c3", "c4"):
        log.add_call(call(client_id=client))
    log.describe_client("c1", player="heron")
    log.describe_client("c2", player="wren")
    log.describe_client("c4", player="owl")
    play(url, "heron", 2.0)
    play(url, "heron", 1.0)
    # Played again after its debrief, put aside, or still running.
    play(url, "heron", 0.0, after="attempt-1")
    play(url, "heron", None)
    with Attempts.open(url, "heron") as attempts:
        attempts.begin(**STORY)
    play(url, "wren", -1.0)
    # Nobody's who agreed.
    play(url, "me", 2.0)
    assert rows(log) == [(log.coach, "c1", 0.375, 2), (log.coach, "c2", 0.0, 1)]
    assert log.practice().dtypes.astype(str).to_dict() == {
        "coach": "str",
        "client_id": "str",
        "score": "float64",
        "attempts": "int64",
    }


def test_who_takes_it_back_is_out_again(log: OutcomeLog, url: str) -> None:
    log.add_call(call())
    log.describe_client("c1", player="heron")
    play(url, "heron", 2.0)
    assert rows(log) == [(log.coach, "c1", 0.5, 1)]
    log.describe_client("c1", player=None)
    assert rows(log) == []


def test_a_name_of_two_clients_is_nobodys(log: OutcomeLog, url: str) -> None:
    for client in ("c1", "c2"):
        log.add_call(call(client_id=client))
        log.describe_client(client, player="heron")
    play(url, "heron", 2.0)
    assert rows(log) == []


def test_a_client_who_was_erased_is_out(log: OutcomeLog, url: str) -> None:
    log.add_call(call())
    log.describe_client("c1", player="heron")
    play(url, "heron", 2.0)
    log.erase("c1")
    assert rows(log) == []


def test_a_log_without_practice(log: OutcomeLog) -> None:
    assert rows(log) == []


@pytest.mark.parametrize("kept", ["[1]", "7", '{"timing": 1}', "{", '{"timing": [1, "two"]}'])
def test_scores_that_are_none(tmp_path: Any, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with OutcomeLog.open("outcomes.db") as log:
        log.add_call(call())
        log.describe_client("c1", player="heron")
        play("outcomes.db", "heron", 2.0)
        with log.transaction() as connection:
            connection.execute(text("UPDATE attempts SET scores = :kept"), {"kept": kept})
        with pytest.raises(KitError) as caught:
            log.practice()
    assert str(caught.value) == (
        "The outcome log outcomes.db is damaged: it holds what cannot be read; 'interview-coach "
        "doctor' says more."
    )
