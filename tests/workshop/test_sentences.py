"""The debrief's sentences agree with the votes, whatever the votes are."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.workshop import Change, Decision, decisions
from interview_coach.workshop.sentences import (
    agreement,
    disagreement,
    finding,
    guidance_says,
    hands_in_all,
    lowered,
    others_chose,
    verdict,
)
from tests.workshop.rooms import OPEN, PLAYBOOK, REVEAL, hands, held

(EMPTY,) = decisions(held(OPEN, REVEAL), PLAYBOOK)


def decision(*hands: int) -> Decision:
    """Vote on the first decision of the shipped deck: its five choices in their order."""
    given_ = (*hands, *(0,) * (len(EMPTY.options) - len(hands)))
    options = zip(EMPTY.options, given_, strict=True)
    return replace(EMPTY, options=tuple(replace(one, hands=number) for one, number in options))


WAIT, LONG, CALL, EMAIL, STOP = range(5)
VOTES = st.lists(st.integers(0, 40), min_size=5, max_size=5)


@pytest.mark.parametrize(
    ("hands", "says", "rest"),
    [
        ((0, 0, 0, 0, 0), "At 2:05, nobody voted.", ""),
        (
            (5, 0, 12, 0, 1),
            "At 2:05, 12 of 18 called.",
            "5 waited until 2:15 and 1 stopped waiting.",
        ),
        ((0, 0, 18, 0, 0), "At 2:05, all 18 called.", ""),
        ((0, 0, 2, 0, 0), "At 2:05, both called.", ""),
        ((0, 0, 1, 0, 0), "At 2:05, 1 of 1 called.", ""),
        (
            (9, 0, 9, 0, 0),
            "At 2:05, it was a tie: 9 of 18 waited until 2:15 and 9 of 18 called.",
            "",
        ),
        (
            (5, 4, 8, 0, 1),
            "At 2:05, 8 of 18 called, more than chose anything else.",
            "5 waited until 2:15, 4 waited until 3:00 and 1 stopped waiting.",
        ),
        (
            (2, 0, 2, 2, 1),
            "At 2:05, it was a tie: 2 of 7 waited until 2:15, 2 of 7 called and 2 of 7 sent an email.",
            "1 stopped waiting.",
        ),
    ],
)
def test_the_finding_is_said_as_what_it_is(hands: tuple[int, ...], says: str, rest: str) -> None:
    assert finding(decision(*hands)) == says
    assert others_chose(decision(*hands)) == rest


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (
            WAIT,
            "So does the guidance, since meetings run over; a call at ten past is a late call, not a "
            "missed one (C2, K1).",
        ),
        (
            STOP,
            "The guidance warns against it, since they may be on the way to the phone: hold for at "
            "least fifteen minutes (C2). It says \u201cWait until 2:15\u201d, since meetings run over; "
            "a call at ten past is a late call, not a missed one (C2, K1).",
        ),
        (
            EMAIL,
            "By the guidance that is early. It says \u201cWait until 2:15\u201d, since meetings run over; "
            "a call at ten past is a late call, not a missed one (C2, K1).",
        ),
    ],
)
def test_the_verdict_names_reason_and_source(chosen: int, says: str) -> None:
    hands = [0] * 5
    hands[chosen] = 7
    assert verdict(decision(*hands)) == says


def test_a_tie_is_judged_neither_way() -> None:
    assert verdict(decision(3, 0, 3)).startswith("The guidance says \u201cWait until 2:15\u201d")


def test_disagreement_is_named_once_each() -> None:
    said = [source.id for source in disagreement(decision(0, 0, 3))]
    assert said == sorted(set(said))
    assert {"F1", "F2", "F3"} <= set(said)


@settings(deadline=None)
@given(VOTES)
def test_the_words_beside_the_numbers_agree_with_them(hands: list[int]) -> None:
    one = decision(*hands)
    total, most = sum(hands), max(hands)
    said, rest = finding(one), others_chose(one)
    tied = hands.count(most) if most else 0
    shares = [(int(n), int(of)) for n, of in re.findall(r"(\d+) of (\d+)", said)]
    assert all(share == (most, total) for share in shares)
    assert ("nobody voted" in said) == (total == 0)
    assert bool(re.search("2:05, (all|both) ", said)) == (tied == 1 and most == total and total > 1)
    assert ("a tie" in said) == (tied > 1)
    assert ("more than" in said) == (tied == 1 and most * 2 <= total)
    # Every hand is told once: those of the leaders in the finding, the others in the rest.
    counted = sum(int(n) for n in re.findall(r"(?:^|, | and )(\d+) (?!of)", rest))
    assert counted + tied * most == total


@settings(deadline=None)
@given(VOTES)
def test_the_guidance_is_said_to_agree_only_where_it_does(hands: list[int]) -> None:
    one = decision(*hands)
    says = verdict(one)
    alone = len(one.leaders) == 1
    assert says.startswith("So does the guidance") == (alone and one.leaders[0].guided)
    assert ("warns against" in says) == (alone and one.leaders[0].judged.judgement == "harmful")
    if not alone:
        assert says == guidance_says(one)


@settings(deadline=None)
@given(st.lists(VOTES, max_size=6))
def test_agreement_counts_the_votes_that_were_held(all_hands: list[list[int]]) -> None:
    votes = [decision(*hands) for hands in all_hands]
    had_any = [one for one in votes if one.total]
    same = sum([o.guided for o in one.leaders] == [True] for one in had_any)
    says = agreement(votes)
    if not had_any:
        assert says == "No votes were held."
    elif len(had_any) == 1:
        assert ("not the guidance's" in says) == (same == 0)
        assert says.endswith("in the one vote held.")
    else:
        wanted = {0: f"none of the {len(had_any)}", len(had_any): f"all {len(had_any)}"}
        share = wanted.get(same, f"{same} of {len(had_any)}")
        assert says == f"The top choice was the guidance's in {share} votes."


@pytest.mark.parametrize(
    ("total", "says"), [(0, "No hands yet"), (1, "1 hand"), (2, "2 hands"), (1200, "1,200 hands")]
)
def test_hands_in_all(total: int, says: str) -> None:
    assert hands_in_all(total) == says


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Meetings run over.", "meetings run over."),
        ("A call helps.", "a call helps."),
        ("I know.", "I know."),
        ("Ms Mahoney had left.", "Ms Mahoney had left."),
        ("F1 differs.", "F1 differs."),
        ("", ""),
    ],
)
def test_lowered(text: str, inside: str) -> None:
    assert lowered(text) == inside


def test_a_name_keeps_its_capital_whosever_it_is() -> None:
    assert lowered("Aroha was waiting.", "Aroha Ngata") == "Aroha was waiting."
    assert lowered("La señora Kaur esperaba.", "la señora Kaur") == "la señora Kaur esperaba."
    assert lowered("Y nadie llamó.") == "y nadie llamó."


def test_who_lets_something_else_rest_than_the_waiting_is_quoted() -> None:
    session = held(Change(do="open", call=2), *hands({"stop_waiting": 9, "call": 2}), REVEAL)
    (said,) = decisions(session, PLAYBOOK)
    assert finding(said) == "At 10:25, 9 of 11 chose \u201cLet it rest for today\u201d."
    assert finding(decision(0, 0, 0, 0, 3)) == "At 2:05, all 3 stopped waiting."
