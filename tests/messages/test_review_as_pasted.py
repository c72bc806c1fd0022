"""Drafts as people paste and dictate them: mail quoted below, no points and commas, names in small letters."""

import pytest

from interview_coach.messages.review import review
from interview_coach.messages.review.parts import STOP, read

OWN = "Good day Mr Ndlovu, I rang at 8 for our interview and could not get through. Thank you. Thabo Mokoena"
THEIRS = "I expect you on the line at 8 sharp [urgent]. Call 011 555 0160. Sipho Ndlovu"


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 3 Nov 2026 at 14:10, Sipho Ndlovu <sipho@example.co.za> wrote:\n> {}",
        "On 3 Nov 2026, Sipho Ndlovu\n<sipho@example.co.za> wrote:\n\n{}",
        "> From: Sipho\n> {}",
        ">> {}\n> I see.",
        "-----Original Message-----\n{}",
        "---------- Forwarded message ---------\n{}",
        "From: Sipho Ndlovu <sipho@example.co.za>\r\nSent: Tuesday\r\n\r\n{}",
        "Begin forwarded message:\n{}",
    ],
)
def test_mail_quoted_below_is_not_the_writers(quoted: str) -> None:
    alone = review("email_no_answer", OWN)
    text = f"{OWN}\n\n{quoted.format(THEIRS)}"
    found = review("email_no_answer", text)
    assert [one.item for one in found.present] == [one.item for one in alone.present]
    assert (found.faults, found.words) == (alone.faults, alone.words)
    assert all(text[one.start : one.end] == one.words for one in found.present)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("From: Ada Obi\nTo: Mr Bell\nSubject: Our interview\n\nI rang at ten.", 13),
        ("> I rang at ten.\n\nI rang you at ten for our interview.", 8),
        ("> I rang at ten.\n> Nobody came.", 6),
        ("On Monday I wrote: I am free at ten.", 9),
        ("Hi <<Interviewer>>,\n<<Date>> suits me.", 5),
    ],
)
def test_what_only_looks_quoted_is_read(text: str, words: int) -> None:
    assert review("email_no_answer", text).words == words


def test_a_text_without_points_is_split_where_sentences_begin() -> None:
    text = (
        "hi laura i rang at 12 for the interview but it just rang out no worries if you got caught up "
        "im free tomorrow morning or thurs after 3 if thats easier let me know thanks callum"
    )
    held = {one.item: one.words for one in review("email_no_answer", text).present}
    assert held["sender_name"] == "callum"
    assert held["appointment_time"] == "12"
    assert "specific_times" in held


@pytest.mark.parametrize(
    "text",
    [
        # A few points are enough to show where sentences end, however long one of them is.
        "I rang. On both occasions I dialled the number that your assistant had given me and on both of "
        "them I was met with a recorded message that asked me to ring again",
        "hi i hope i can still do the interview",
    ],
)
def test_a_text_with_points_or_a_short_one_is_split_at_its_points_alone(text: str) -> None:
    assert read(text).marked.count(STOP) == text.count(".")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hi its dave its about the interview at 9", "dave"),
        ("Yes hello Peter Grabowski here.", "Peter Grabowski"),
        ("Thank you in advance. Cordially, Baptiste Moreau", "Baptiste Moreau"),
        ("would it be ok if you rang me thank you so much shannon", "shannon"),
        ("my bus was late. when can we talk again? ryan", "ryan"),
        ("can i ring you later? whenever", ""),
        ("i missed your call thanks mate", ""),
        ("ok then speak soon thanks", ""),
    ],
)
def test_the_writer_is_found_wherever_the_name_stands(text: str, name: str) -> None:
    held = {one.item: one.words for one in review("email_apology", text).present}
    assert held.get("sender_name", "") == name


@pytest.mark.parametrize(
    "text",
    [
        "Hey Jordan, it's Maya Lindqvist.",
        "Are you free now?",
        "Thank you for bearing with my bad line.",
    ],
)
def test_a_sentence_that_only_sounds_casual_is_not_told(text: str) -> None:
    assert review("call_apology", text).faults == ()


@pytest.mark.parametrize(
    "text", ["Perhaps something came up at your end.", "You kindly offered me Thursday at ten."]
)
def test_a_sentence_that_makes_allowance_for_the_reader_is_at_most_asked_about(text: str) -> None:
    assert review("email_no_answer", text).faults == ()
