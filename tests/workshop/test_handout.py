"""What the room takes home, and what a spreadsheet gets, say what the votes say."""

import csv
import io
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from interview_coach.errors import KitError
from interview_coach.workshop import Change, decisions, replayed, sentences
from interview_coach.workshop.compare import compare, share
from interview_coach.workshop.export import COLUMNS, votes_csv
from interview_coach.workshop.handout import handout, handout_html, handout_pdf
from tests.workshop.rooms import DECK, OPEN, PLAYBOOK, REVEAL, hands, held

DAY = date(2026, 11, 23)
VOTED = [OPEN, *hands({"wait:15": 5, "call": 12, "stop_waiting": 1}), REVEAL]
PLAYED = [*VOTED, Change(do="play_on"), Change(do="calls")]


class _Text(HTMLParser):
    """The words of a page, and every address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data.split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]


def page(*changes: Change, cohort: str = "Spring") -> _Text:
    session = replayed(DECK, cohort, changes, PLAYBOOK)
    read = _Text()
    read.feed(handout_html(handout(session, DAY, PLAYBOOK)))
    return read


def test_it_holds_decisions_reasons_sources_and_disagreement() -> None:
    read = page(*PLAYED)
    text = " ".join(read.words)
    (vote,) = decisions(held(*PLAYED), PLAYBOOK)
    for words in (
        "First workshop: four calls",
        "Spring · 23 November 2026",
        "At 2:05, 12 of 18 called. 5 waited until 2:15 and 1 stopped waiting.",
        sentences.verdict(vote),
        "What nobody could see: Her meeting ran over until 2:26.",
        *(f"{source.id}: {source.says}" for source in sentences.disagreement(vote)),
        "Alison Doyle, How to Handle a Missed Job Interview Call",
    ):
        assert words in text, words


def test_every_source_that_is_cited_is_listed() -> None:
    content = handout(held(*PLAYED), DAY, PLAYBOOK)
    listed = {key for key, _, _ in content.sources}
    said = [vote.verdict for call in content.calls for vote in call.votes]
    said += [row[2] for call in content.calls for vote in call.votes for row in vote.rows]
    cited = {key for text in said for key in re.findall(r"\b[A-FK]\d\b", text)}
    assert cited and cited <= listed


def test_it_asks_nothing_of_anybody_and_runs_nothing() -> None:
    read = page(*PLAYED, cohort="<script>alert(1)</script> & co")
    assert read.addresses == []
    assert "script" not in read.tags
    assert "<script>alert(1)</script>" in " ".join(read.words)


def test_what_was_hidden_is_not_told_before_the_call_was_played() -> None:
    assert "ran over" not in " ".join(page(*VOTED).words)


def test_an_empty_workshop_has_a_handout_that_says_so() -> None:
    assert "No call has been voted on or played yet." in " ".join(page().words)


def test_the_pdf_is_tagged_and_takes_any_label_as_words() -> None:
    pytest.importorskip("typst", reason="the pdf extra is not installed")
    session = replayed(DECK, '#panic("x") *b* $', PLAYED, PLAYBOOK)
    made = handout_pdf(handout(session, DAY, PLAYBOOK))
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made


def test_without_the_extra_it_says_how_to_get_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(KitError) as caught:
        handout_pdf(handout(held(), DAY, PLAYBOOK))
    assert str(caught.value).startswith("A PDF needs one more package: pip install")


def table(*changes: Change, cohort: str = "Spring") -> list[dict[str, str]]:
    session = replayed(DECK, cohort, changes, PLAYBOOK)
    text = votes_csv(session, "w-1", datetime(2026, 11, 23, 18, tzinfo=UTC), PLAYBOOK)
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_has_one_row_a_choice_that_add_up() -> None:
    rows = table(*VOTED)
    assert tuple(rows[0]) == COLUMNS
    assert {row["choice"]: int(row["hands"]) for row in rows} == {
        "wait:15": 5,
        "wait:60": 0,
        "call": 12,
        "send_email": 0,
        "stop_waiting": 1,
    }
    assert {row["votes"] for row in rows} == {"18"}
    assert sum(float(row["share"]) for row in rows) == pytest.approx(1, abs=1e-3)
    assert [row["choice"] for row in rows if row["guidance"] == "yes"] == ["wait:15"]
    assert {row["begun_at"] for row in rows} == {"2026-11-23T18:00+00:00"}


def test_a_vote_without_hands_has_no_share() -> None:
    assert {(row["share"], row["low"], row["revealed"]) for row in table(OPEN, REVEAL)} == {
        ("", "", "yes")
    }


def test_a_label_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    assert table(*VOTED, cohort="=1+1")[0]["cohort"] == "'=1+1"


@pytest.mark.parametrize(
    ("n", "total", "says"),
    [
        # Wilson 95%: 12/18 gives 0.437 to 0.837 (Newcombe 1998, method 3, by its formula).
        (12, 18, "12 of 18 (67%, between 44% and 84%)"),
        (4, 5, "4 of 5 (80%, between 38% and 96%), few votes"),
        (0, 9, "0 of 9 (0%, between 0% and 30%), few votes"),
        (0, 10, "0 of 10 (0%, between 0% and 28%)"),
        (0, 0, "no votes"),
    ],
)
def test_a_share_says_its_count_and_its_interval(n: int, total: int, says: str) -> None:
    assert str(share(n, total)) == says


def test_groups_are_compared_only_where_the_room_was_asked_the_same() -> None:
    now = decisions(
        held(*VOTED, Change(do="play", choice="call"), *hands({"send_email": 3})), PLAYBOOK
    )
    then = decisions(
        held(
            OPEN, *hands({"wait:15": 4}), Change(do="play", choice="wait:15"), *hands({"call": 4})
        ),
        PLAYBOOK,
    )
    (one,) = compare(now, then)
    assert (one.call, one.clock) == (0, "2:05")
    assert {says: (ours.n, theirs.n) for says, ours, theirs in one.rows}["Wait until 2:15"] == (
        5,
        4,
    )
    assert {ours.N for _, ours, _ in one.rows} == {18}
    assert {theirs.N for _, _, theirs in one.rows} == {4}
    assert compare(now, []) == []
    assert compare(decisions(held(OPEN, REVEAL), PLAYBOOK), then) == []
