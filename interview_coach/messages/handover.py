"""Hand a message over: a link that opens the mail program, or a draft file. Nothing is sent.

Sources: RFC 6068 (mailto links), RFC 5322 (messages); ``X-Unsent`` is what mail programs read to open
a file as a draft instead of as a message received.
"""

import re
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.wording import number

__all__ = ["LONGEST_LINK", "eml", "mailto", "subject_and_body"]

LONGEST_LINK = 2000
"""Characters of a link that mail programs and browsers take everywhere; Outlook stops near 2,000."""


def subject_and_body(text: str) -> tuple[str, str]:
    """Split an edited email into its subject and the rest; the subject is "" where there is none."""
    head, _end, rest = text.lstrip("\n").partition("\n")
    said = re.match(r"(?i)\s*(?:subject|asunto|objet|betreff)\s*:\s*(.*)", head)
    if said is None:
        return "", text
    return said[1].strip(), rest.lstrip("\n")


def mailto(subject: str, body: str, to: str = "") -> str:
    """Make a link that opens the mail program with the message filled in.

    Raises
    ------
    KitError
        If the address is none, or the link would be longer than mail programs take
        (`LONGEST_LINK` characters).
    """
    address = _address(to)
    parts = [
        f"{name}={quote(_lines(value), safe='')}"
        for name, value in (("subject", _one_line(subject)), ("body", body))
        if value
    ]
    link = f"mailto:{quote(address, safe='@')}" + (f"?{'&'.join(parts)}" if parts else "")
    if len(link) > LONGEST_LINK:
        raise KitError(
            _(
                "The link to your mail program would have {n} characters, and some programs cut it at "
                "{most}: copy the text instead, or save it as a draft."
            ).format(n=number(len(link)), most=number(LONGEST_LINK))
        )
    return link


def eml(subject: str, body: str, *, to: str = "", sender: str = "", made: ZonedDateTime) -> bytes:
    """Write a message as an ``.eml`` file that opens in a mail program as a draft.

    Parameters
    ----------
    subject, body : str
        As they should read; line ends of any system.
    to, sender : str
        Addresses, or "" to leave them to the mail program.
    made : ZonedDateTime
        When it was written, for the ``Date`` header.

    Raises
    ------
    KitError
        If an address is none.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(subject)
    for name, given in (("To", to), ("From", sender)):  # unmarked: names of headers
        if address := _address(given):
            message[name] = address
    message["Date"] = made.to_stdlib()
    message["X-Unsent"] = "1"
    message.set_content(_lines(body, "\n"), charset="utf-8")
    return message.as_bytes()


def _one_line(text: str) -> str:
    # A header ends where its line does: what comes after a line break must not become a header.
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", _sound(text)).split())


def _lines(text: str, end: str = "\r\n") -> str:
    sound = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", _sound(text))
    return re.sub(r"\r\n|\r|\n", end, sound)


def _sound(text: str) -> str:
    # Half a surrogate pair cannot be written as UTF-8.
    return text.encode("utf-8", "replace").decode("utf-8")


def _address(given: str) -> str:
    address = given.strip()
    if not address:
        return ""
    try:
        if re.search(r"[\s<>,;\x00-\x1f]", address) or address.count("@") != 1:
            raise ValueError
        read = Address(addr_spec=address)
        if not (read.username and read.domain):
            raise ValueError
    except (ValueError, IndexError, HeaderParseError, MessageError):
        raise KitError(
            _(
                "address: {address!r} is not an email address; write it as name@example.com, or leave it empty."
            ).format(address=given[:60])
        ) from None
    return address
