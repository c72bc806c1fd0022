"""Links and draft files for a mail program: read back by the standard library."""

import email
from email.policy import default
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.errors import KitError
from interview_coach.messages import eml, mailto, subject_and_body
from interview_coach.messages.handover import LONGEST_LINK
from interview_coach.times import read_time

MADE = read_time("2026-03-05T14:20", "Europe/London", "made")
ODD = "Größe & Co? 50% + 1 = ça\nNächste Zeile\r\nLine # three 😅"


def read(data: bytes) -> Any:
    return email.message_from_bytes(data, policy=default)


def test_a_link_says_exactly_what_was_written() -> None:
    link = mailto("Interview & more?", ODD, "jo+jobs@example.com")
    assert link.startswith("mailto:jo%2Bjobs@example.com?subject=Interview%20%26%20more%3F&body=")
    assert "+" not in link
    body = unquote(link.partition("&body=")[2])
    assert body == "Größe & Co? 50% + 1 = ça\r\nNächste Zeile\r\nLine # three 😅"


def test_a_link_without_an_address_or_subject_is_whole() -> None:
    assert mailto("", "Hello") == "mailto:?body=Hello"
    assert mailto("", "") == "mailto:"


def test_a_link_that_programs_would_cut_is_refused_in_one_sentence() -> None:
    with pytest.raises(KitError) as caught:
        mailto("Hello", "ä" * 600)
    assert str(caught.value) == (
        "The link to your mail program would have 3,627 characters, and some programs cut it at "
        "2,000: copy the text instead, or save it as a draft."
    )
    assert len(mailto("", "a" * (LONGEST_LINK - len("mailto:?body=")))) == LONGEST_LINK


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=100))
def test_whatever_is_written_comes_back_from_a_link(text: str) -> None:
    query = parse_qs(urlsplit(mailto("s", text)).query, keep_blank_values=True)
    assert query.get("body", [""]) == [text]


def test_a_draft_file_opens_as_a_draft_and_says_what_was_written() -> None:
    read_back = read(
        eml("Größe ✓", ODD, to="jo@example.com", sender="amara@example.com", made=MADE)
    )
    assert read_back["X-Unsent"] == "1"
    assert read_back["Subject"] == "Größe ✓"
    assert (read_back["To"], read_back["From"]) == ("jo@example.com", "amara@example.com")
    assert read_back["Date"].datetime == MADE.to_stdlib()
    assert read_back.get_content().replace("\r\n", "\n").rstrip("\n") == ODD.replace("\r\n", "\n")


def test_a_line_break_in_a_subject_adds_no_header() -> None:
    read_back = read(eml("Hello\r\nBcc: thief@example.com", "x", made=MADE))
    assert read_back["Bcc"] is None
    assert read_back["Subject"] == "Hello Bcc: thief@example.com"


@pytest.mark.parametrize(
    "given",
    [
        "jo",
        "jo@",
        "@example.com",
        "a@b@c",
        "jo@example.com\r\nBcc: x@y.z",
        "jo <jo@x.y>",
        "a@x.y,b@x.y",
    ],
)
def test_what_is_no_address_is_refused_in_one_sentence(given: str) -> None:
    for attempt in (lambda: mailto("s", "b", given), lambda: eml("s", "b", to=given, made=MADE)):
        with pytest.raises(KitError, match=r"^address: .* is not an email address; write it as"):
            attempt()


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_makes_a_draft_that_can_be_read(body: str, subject: str) -> None:
    read_back = read(eml(subject, body, made=MADE))
    assert read_back["X-Unsent"] == "1"
    assert set(read_back.keys()) <= {
        "Subject",
        "Date",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }


@pytest.mark.parametrize(
    ("text", "subject", "body"),
    [
        ("Subject: Hello\n\nDear Jo", "Hello", "Dear Jo"),
        ("Betreff: Unser Gespräch\n\nGuten Tag", "Unser Gespräch", "Guten Tag"),
        ("Dear Jo,\nSubject: no", "", "Dear Jo,\nSubject: no"),
        ("", "", ""),
    ],
)
def test_an_edited_email_is_split_at_its_subject_line(text: str, subject: str, body: str) -> None:
    assert subject_and_body(text) == (subject, body)
