"""What the phones are told: the question as it is, and after it counts without anybody's name."""

import json

from interview_coach.messages import review
from interview_coach.workshop import Change, decisions
from interview_coach.workshop.decisions import decision_at
from interview_coach.workshop.export import ANSWER_COLUMNS, answers_csv, votes_csv
from interview_coach.workshop.handout import handout, handout_html
from interview_coach.workshop.phones import ballot, ballot_key, found_in, result, words_result
from tests.workshop.rooms import OPEN, PLAYBOOK, REVEAL, UNDO, hands, held

BY_PHONE = Change(do="reveal", phones={"call": 9, "wait:15": 2, "gone": 4})


def test_the_question_tells_nothing_of_what_is_best() -> None:
    session = held(OPEN)
    assert session.story is not None and session.node is not None
    decision = decision_at(session.story, session.node, session.tally, PLAYBOOK)
    told = ballot(decision)
    assert told["asked"].startswith("It is 2:05. ")
    assert told["options"] == [
        ["wait:15", "Wait until 2:15"],
        ["wait:60", "Wait until 3:00"],
        ["call", "Call the number she gave you"],
        ["send_email", "Write an email"],
        ["stop_waiting", "Stop waiting for today"],
    ]
    assert set(told) == {"asked", "options"}


def test_a_vote_that_is_begun_again_is_another_one_and_taken_back_the_same_again() -> None:
    reset = Change(do="reset")
    first = ballot_key(held(OPEN))
    assert first == "0:stay_calm check_time:0"
    assert ballot_key(held(OPEN, reset)) == "0:stay_calm check_time:1"
    assert ballot_key(held(OPEN, reset, UNDO)) == first
    assert ballot_key(held(OPEN, Change(do="play", choice="call"))) != first
    assert ballot_key(held()) is None


def test_hands_and_phones_are_counted_together() -> None:
    session = held(OPEN, *hands({"call": 3, "stop_waiting": 1}), BY_PHONE)
    (decision,) = decisions(session, PLAYBOOK)
    assert decision.total == 15  # "gone" is no choice here
    assert {option.key: (option.hands, option.phones) for option in decision.options} == {
        "wait:15": (2, 2),
        "wait:60": (0, 0),
        "call": (12, 9),
        "send_email": (0, 0),
        "stop_waiting": (1, 0),
    }
    told = result(decision)
    assert told["finding"] == "At 2:05, 12 of 15 called."
    assert told["total"] == sum(n for _, _, n in told["rows"]) == 15
    assert ["call", "Call the number she gave you", 12] in told["rows"]


def test_taken_back_the_phones_votes_are_out_of_the_count() -> None:
    session = held(OPEN, *hands({"call": 3}), BY_PHONE, UNDO)
    assert (session.tally.total, session.tally.revealed) == (3, False)


def test_a_reveal_with_phones_is_written_and_read_again() -> None:
    assert Change.read(BY_PHONE.written()) == BY_PHONE
    assert "phones" not in json.loads(REVEAL.written())


def test_the_votes_by_phone_stand_in_the_table_and_the_handout_says_so() -> None:
    from datetime import UTC, date, datetime

    session = held(OPEN, *hands({"call": 3}), BY_PHONE)
    rows = votes_csv(session, "w", datetime(2026, 3, 5, 18, tzinfo=UTC), PLAYBOOK)
    assert any('"call","12","14"' in row and row.endswith('"9"') for row in rows.splitlines())
    page = handout_html(handout(session, date(2026, 3, 5), PLAYBOOK))
    assert "Hands and votes by phone were counted; nobody is named here." in page
    assert "At 2:05, 12 of 14 called." in page


def test_what_phones_sent_is_a_table_that_runs_nothing() -> None:
    answers = [
        {"asked": "A", "kind": "words", "answer": "=1+1", "name": "@x", "hidden": True},
        {"asked": "A", "kind": "choice", "answer": "Call", "name": "", "hidden": False},
    ]
    head, first, second = answers_csv(answers).splitlines()
    assert head == ",".join(f'"{name}"' for name in ANSWER_COLUMNS)
    assert first == '"A","words","\'=1+1","\'@x","yes"'
    assert second == '"A","choice","Call","","no"'


GOOD = (
    "Hello Ms Mahoney, this is Ben Ito, about our interview today at two o'clock. It is ten past "
    "two, I called and did not get through. I am free until three, on 020 7946 0958. I hope to "
    "hear from you. Thank you."
)
SPANISH = "Hola, soy Ana, llamo por la entrevista de hoy."
BAD = "This is Ana. You did not call, which is unprofessional. Call me back now."


def test_what_all_words_hold_is_said_in_a_sentence_that_agrees_with_them() -> None:
    good, bad = (review("voicemail_no_answer", text, PLAYBOOK) for text in (GOOD, BAD))
    spanish = review("voicemail_no_answer", SPANISH, PLAYBOOK)
    assert words_result([], PLAYBOOK) == {"finding": "Nobody wrote anything.", "more": ""}
    assert words_result([good], PLAYBOOK) == {
        "finding": "1 message came in.",
        "more": "Nothing that belongs there is left out.",
    }
    several = words_result([good, bad, bad, spanish], PLAYBOOK)
    assert several["finding"] == "4 messages came in."
    assert "(2 of 3). 2 of 3 hold words that may hurt. 1 of 4 could not be read" in several["more"]


def test_each_phone_is_told_what_the_review_found_in_its_own_words() -> None:
    found = found_in(review("voicemail_no_answer", BAD, PLAYBOOK), PLAYBOOK)
    assert any("unprofessional" in span for span, _, _ in found["faults"])
    assert "A number or address to reach you at." in [what for what, _ in found["missing"]]
    assert found_in(review("voicemail_no_answer", GOOD, PLAYBOOK), PLAYBOOK) == {
        "faults": [],
        "missing": [],
        "note": "",
    }
    unread = found_in(review("voicemail_no_answer", SPANISH, PLAYBOOK), PLAYBOOK)
    assert unread["note"].startswith("This looks like Spanish, and the review reads English")
