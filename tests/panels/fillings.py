"""What a walk writes into fields: plain, nothing, absurd, and what tries to run a script."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.marked import ATTACK

__all__ = ["FILLINGS", "Filling", "upload"]

TRACKER = "Client,Company,Date,Time,Outcome,Comments\nC-021,Alder,2026-03-05,10:00,Attended,Well\n"
MARKED = f'Client,Company,Date,Time,Outcome,"{ATTACK.replace(chr(34), chr(34) * 2)}"\n' + "".join(
    f'"{ATTACK.replace(chr(34), chr(34) * 2)}","{ATTACK.replace(chr(34), chr(34) * 2)}",'
    f"{day},10:00,{outcome},x\n"
    for day, outcome in (("2026-03-05", "Attended"), ("someday", "<b onclick=alert(1)>"))
)


def upload(name: str, content: bytes) -> tuple[dict[str, Any], ...]:
    made = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
    return (
        {"name": name, "type": "", "size": len(content), "content": content, "last_modified": made},
    )


@dataclass(frozen=True)
class Filling:
    """What is written into fields.

    Attributes
    ----------
    words : str
        Into every field of text that `labels` does not name.
    labels : tuple of (str, str)
        Into fields whose label holds the first, what.
    day, time : date and time, or None
        Into fields of their kind.
    number : int
        Into fields of numbers, as far as they let it in.
    files : tuple of (str, bytes)
        By the ending that the field asks for, name and content; no file where it is empty.
    """

    words: str
    labels: tuple[tuple[str, str], ...] = ()
    day: dt.date | None = None
    time: dt.time | None = None
    number: int = 0
    files: tuple[tuple[str, str, bytes], ...] = ()


FILLINGS = {
    "plain": Filling(
        "Spring",
        (
            ("zone", "Europe/London"),
            ("Look for", ""),
            ("Client", "C-014"),
            ("Simulated", "2000"),
            ("Seed", "7"),
            ("Paste", "Thursday 5 March 2026, 14:00 to 14:30, Europe/London, +44 20 7946 0100"),
            ("times that suit", "Tuesday after 2 pm; Friday morning"),
            ("Hands for", "5 0 12 0 1"),
        ),
        dt.date(2026, 3, 5),
        dt.time(14, 0),
        3,
        ((".csv", "tracker.csv", TRACKER.encode()),),
    ),
    "empty": Filling(""),
    "absurd": Filling(
        "9" * 4000 + " ٣\x00\ud83d\ude00 NaN -1e999 ;;=SUM(A1) \r\n\t %s {0} {{x}}",
        (),
        dt.date(9999, 12, 31),
        dt.time(23, 59, 59),
        10**9,
        (
            (".csv", "\u202egnp.csv", b"\xff\xfe\x00PK\x03\x04" * 50),
            (".ics", "a.ics", b"BEGIN:VCALENDAR\x00"),
        ),
    ),
    "hostile": Filling(
        ATTACK,
        # What is checked has to pass, or nothing of it would ever be shown.
        (("zone", "Europe/London"), ("Simulated", "2000"), ("Seed", "7")),
        dt.date(2026, 3, 5),
        dt.time(14, 0),
        -1,
        (
            (".csv", f"{ATTACK}.csv", MARKED.encode()),
            (
                ".ics",
                f"{ATTACK}.ics",
                f"BEGIN:VCALENDAR\r\nSUMMARY:{ATTACK}\r\nEND:VCALENDAR".encode(),
            ),
        ),
    ),
}
