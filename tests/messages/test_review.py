"""The review as a writer meets it: what it finds, where it points, what it refuses."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.messages import review
from interview_coach.playbook import load_playbook

KINDS = list(load_playbook().kinds)

GOOD = """Subject: Our interview today at 2:00 pm

Dear Ms Mahoney,

I called twice at two for our interview about the lab manager role and could not get through. I am \
available until 3:00 pm on 020 7946 0100, and hope to hear from you. If another time is easier, I \
would be glad to reschedule at your convenience.

Thank you for the opportunity.

Kind regards,
Amara Nwosu"""


def faults(kind: str, text: str) -> dict[str, str]:
    return {one.fault: one.span for one in review(kind, text).faults}


def test_a_whole_and_kind_email_lacks_nothing_and_is_left_alone() -> None:
    found = review("email_no_answer", GOOD)
    assert (found.missing, found.faults, found.asks, found.notice) == ((), (), (), "")
    carried = {one.item: one.words for one in found.present}
    assert carried["sender_name"] == "Amara Nwosu"
    assert carried["contact_details"] == "020 7946 0100"
    assert "until" in carried["availability_window"]
    assert found.words == len(GOOD.split())


def test_what_is_missing_comes_with_its_reason_and_a_sentence_to_add() -> None:
    found = review("voicemail_no_answer", "This is Amara Nwosu. It's ten past two.")
    missing = {one.item: one for one in found.missing}
    assert list(missing) == ["interview_reference", "contact_details", "availability_window"]
    one = missing["availability_window"]
    assert (one.source, one.try_) == ("B3", "I am available for another 30 minutes.")
    assert one.why == "They can only call back in time if they know how long you are free."


@pytest.mark.parametrize(
    ("text", "fault", "span"),
    [
        ("You forgot to call me.", "blame", "You forgot to call me."),
        ("Call me back immediately.", "demand", "Call me back immediately."),
        ("Hi, it is me. lol, I waited.", "too_casual", "lol"),
        ("Dear [Interviewer],", "placeholder", "[Interviewer]"),
        ("Please, please ring me.", "desperation", "Please, please ring me."),
    ],
)
def test_a_fault_is_marked_with_its_exact_words(text: str, fault: str, span: str) -> None:
    found = {one.fault: one for one in review("email_no_answer", text).faults}
    assert fault in found
    one = found[fault]
    assert text[one.start : one.end] == one.span
    assert one.span.strip(".") == span.strip(".")
    assert one.why.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "I know how busy you are.",
        "It is no problem at all if you were held up.",
        "I'm sorry we missed each other.",
        "Please call me when it suits you.",
        "I quite understand that meetings run over.",
        "There is no need to apologise.",
        "I would pick up immediately.",
        "You said you would rather speak before lunch.",
    ],
)
def test_a_kind_sentence_near_hurting_words_is_no_fault(text: str) -> None:
    assert faults("email_no_answer", text) == {}


def test_the_third_apology_is_one_too_many_and_the_first_two_are_not() -> None:
    two = "I am sorry that I missed your call. I apologise for the gap."
    assert faults("email_apology", two) == {}
    third = f"{two} Sorry again."
    assert faults("email_apology", third) == {"over_apology": "Sorry again."}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        (
            "It is 9:15 and I am free for another half hour, so until ten thirty.",
            "until ten thirty",
        ),
        ("I am free until 3. I leave at 2:30 and cannot take calls after that.", "I leave at 2:30"),
        (
            "I am free all day on Thursday, but from Wednesday to Friday I am abroad.",
            "from Wednesday",
        ),
    ],
)
def test_two_windows_that_cannot_both_hold_are_found(text: str, span: str) -> None:
    assert faults("email_no_answer", text)["inconsistent_window"].startswith(span)


@pytest.mark.parametrize(
    "text",
    [
        "It is 2:05 and I'll stay near the phone for another forty minutes, so until 2:45.",
        "I have another engagement at 4, so until then I am at my desk.",
        "I am free on Tuesday after 2, all day Wednesday, or Friday before noon.",
        "I can talk until 1:30 today, or on Thursday from 9 to 11.",
    ],
)
def test_windows_that_agree_are_left_alone(text: str) -> None:
    assert "inconsistent_window" not in faults("email_no_answer", text)


def test_too_long_is_said_with_the_count_and_marks_no_words() -> None:
    found = review("voicemail_no_answer", "word " * 76).faults
    assert [(one.fault, one.start, one.end, one.span) for one in found] == [("too_long", 0, 0, "")]
    assert found[0].why.startswith("It has 76 words, and 75 are enough")
    assert review("voicemail_no_answer", "word " * 75).faults == ()


def test_an_unknown_kind_is_named_with_those_that_there_are() -> None:
    with pytest.raises(
        KitError, match=r"^kind: 'letter' is not known; use one of voicemail_no_answer"
    ):
        review("letter", "x")


def test_a_megabyte_is_refused_in_one_sentence() -> None:
    with pytest.raises(KitError) as caught:
        review("email_no_answer", "a " * 500_000)
    assert str(caught.value) == (
        "Email: nobody answers: the draft has 1,000,000 characters, more than the 20,000 that are "
        "read; paste only the message itself."
    )


def test_an_empty_draft_lacks_everything_and_says_what_to_do() -> None:
    found = review("email_thanks", " \n")
    assert [one.item for one in found.missing] == [
        "sender_name",
        "interview_reference",
        "thanks",
        "thanks_flexibility",
    ]
    assert found.notice == "There is nothing to read yet: write or paste the message."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Estimada señora: le llamé dos veces para la entrevista y no pude hablar con usted. Gracias.",
            "Spanish",
        ),
        (
            "Bonjour Madame, je vous ai appelée pour notre entretien et je suis disponible. Merci.",
            "French",
        ),
        (
            "Guten Tag, ich habe Sie für unser Gespräch angerufen und bin heute noch da. Vielen Dank.",
            "German",
        ),
    ],
)
def test_another_language_is_said_and_only_what_needs_no_language_is_looked_at(
    text: str, named: str
) -> None:
    found = review("email_no_answer", f"{text} [Name] 020 7946 0100")
    assert found.notice.startswith(f"This looks like {named}, and the review reads English")
    assert (found.missing, [one.fault for one in found.faults]) == ((), ["placeholder"])
    assert [one.item for one in found.present] == ["contact_details"]


def test_web_code_is_no_blank_and_is_named() -> None:
    found = review(
        "email_thanks", "<p>Thank you for <b>the interview</b>.</p><script>alert(1)</script>"
    )
    assert "placeholder" not in [one.fault for one in found.faults]
    assert found.notice.startswith("The draft holds web code")
    assert found.present[0].item == "interview_reference"


def test_invisible_marks_do_not_hide_words_and_places_count_the_draft_as_given() -> None:
    text = "\u202ethis is un\u200bacceptable\u202c."
    (one,) = review("email_no_answer", text).faults
    assert one.fault == "irritation"
    assert text[one.start : one.end] == one.span
    assert "un\u200bacceptable" in one.span


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.text(alphabet=st.characters(), max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "you forgot",
                "sorry",
                "until 3",
                "at ten past two",
                "[Name]",
                "020 7946 0100",
                "\u200b",
                "!!!",
                "😅",
                ". ",
                "\n",
                "free",
                "Tuesday",
                "İ",
                "ß",
                "\r\n",
            ]
        )
    ).map(" ".join),
)
def test_whatever_is_typed_every_mark_points_at_its_own_words(kind: str, text: str) -> None:
    found = review(kind, text)
    for one in (*found.faults, *found.asks):
        assert text[one.start : one.end] == one.span
        assert one.fault == "too_long" or one.span
    for item in found.present:
        assert text[item.start : item.end] == item.words != ""
    assert found == review(kind, text)


@given(st.text(alphabet=string.ascii_letters + " .,", max_size=200))
@settings(max_examples=30, deadline=None)
def test_a_line_end_of_another_system_changes_no_finding(text: str) -> None:
    unix, windows = (
        review("email_thanks", f"{text}\nThanks"),
        review("email_thanks", f"{text}\r\nThanks"),
    )
    assert [one.item for one in unix.present] == [one.item for one in windows.present]


def test_no_wording_that_is_offered_instead_has_a_fault_itself() -> None:
    from interview_coach.messages.review.cues import load_rules

    for fault, advice in load_rules().faults.items():
        if advice.try_:
            said = f"{advice.try_[0].upper()}{advice.try_[1:]}."
            found = review("email_no_answer", said)
            assert (fault, found.faults, found.asks) == (fault, (), ())
