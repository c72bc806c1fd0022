"""The data dictionary, written from the model, so that it cannot fall behind it.

``python -m interview_coach.outcomes.dictionary`` writes ``data/DICTIONARY.md``.
"""

from collections.abc import Iterator

from interview_coach.outcomes import frames
from interview_coach.outcomes.model import CODED, CallEntry, codes
from interview_coach.outcomes.people import ClientEntry
from interview_coach.outcomes.sample import FILE_NAME, FIRST, LAST
from interview_coach.shipped import shipped

__all__ = ["FILE", "dictionary"]

FILE = "DICTIONARY.md"
_TYPES = {
    "str": "text",
    "int64": "whole number",
    "Int64": "whole number",
    "bool": "true or false",
    "datetime64[us, UTC]": "time, UTC",
    "datetime64[s]": "day",
}
# What the log itself adds to an entry.
_MADE = {
    "call_id": "The call: one scheduled attempt. Made by the log.",
    "interview_id": "The interview: one client, one employer, one round. Several calls may share it.",
    "sequence": "Which call of its interview this is; 1 is the first. Made by the log.",
    "revision": "How often the call was entered or changed; two forms on one call notice each other.",
    "write_id": "The act that changed the log; what one act did has one number.",
    "at": "When it was done.",
    "by": "Who did it.",
    "action": "What was done: added, imported, changed, undone, described, named or erased.",
    "why": "The reason given; of an import, the file and how many of its rows.",
    "field": "The field that was changed; empty where a call was added or imported.",
    "was": "What the field held before.",
    "became": "What it held from then on; of a name neither is kept, only that it changed.",
    "due": "What is to be done next: message, rebook, new_time, or enter (what became of the call).",
    "since": "The scheduled start of the call that it follows from, in UTC.",
    "missed_at": "Scheduled start of the missed call, in UTC.",
    "messaged_at": "When the first message after it went out, in UTC.",
    "rebooked_for": "Scheduled start of the next call of the interview, in UTC.",
    "completed_at": "Scheduled start of the completed call that followed, in UTC.",
    "story": "The same in words.",
}
_HEAD = f"""# Data dictionary of the outcome log

Written from the model by `python -m interview_coach.outcomes.dictionary`: change the model, not this file.

`{FILE_NAME}` holds the columns of the first table. It is **synthetic**: every row, name and rate in it
is invented ({FIRST} to {LAST}), and its column `synthetic` is `true` throughout. It shows what the kit
does and says nothing about how often interview calls are missed. In the file, times are ISO 8601 in UTC
and an empty cell is a missing value.

An *interview* is one client, one employer, one round. A *call* is one scheduled attempt at it. A call
belongs to the month of its scheduled start in its own `timezone`; one with a `date_doubt` belongs to no
month.
"""
_FRAMES = (
    ("Calls", "`OutcomeLog.calls()`, one row a call.", frames.CALLS),
    (
        "Calls of a log",
        "`OutcomeLog.calls()` has these columns beside those.",
        {name: kind for name, kind in frames.LOGGED.items() if name not in frames.CALLS},
    ),
    ("Interviews", "`OutcomeLog.interviews()`, one row an interview.", frames.INTERVIEWS),
    ("Clients", "`OutcomeLog.clients()`, one row a client.", frames.CLIENTS),
    (
        "History",
        "`OutcomeLog.history()`, one row a call added, or a field changed.",
        frames.HISTORY,
    ),
    ("Follow-ups", "`OutcomeLog.follow_ups()`, one row an open case.", frames.DUE),
    ("Stories", "`OutcomeLog.stories()`, one row a missed call.", frames.STORIES),
)


def dictionary() -> str:
    """Write the dictionary as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for title, says, columns in _FRAMES:
        yield f"## {title}\n"
        yield f"{says}\n"
        yield "| column | type | may be missing | meaning |"
        yield "| --- | --- | --- | --- |"
        for name, kind in columns.items():
            held = f"code, see `{CODED[name]}`" if name in CODED else _TYPES[kind]
            yield f"| `{name}` | {held} | {'yes' if _optional(name) else 'no'} | {_meaning(name)} |"
        yield ""
    yield "## Codes\n"
    yield "From the playbook, which the advice and the messages read as well.\n"
    for field, table in CODED.items():
        yield f"### `{table}`\n"
        for code, meaning in codes(field).items():
            yield f"- `{code}`: {meaning}"
        yield ""


_FIELDS = {**ClientEntry.model_fields, **CallEntry.model_fields}
# May be missing in a frame, though nobody enters it.
_MAY_MISS = {
    *("why", "field", "was", "became"),
    *("messaged_at", "rebooked_for", "completed_at"),
}


def _meaning(name: str) -> str:
    return _MADE.get(name) or str(_FIELDS[name].description)


def _optional(name: str) -> bool:
    if name in _MADE:
        return name in _MAY_MISS
    info = _FIELDS[name]
    # The log fills in the coach who is writing.
    return name != "coach" and not info.is_required() and info.default is None


def main() -> None:
    """Write the dictionary into the checkout's data folder."""
    (shipped("data") / FILE).write_text(dictionary(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
