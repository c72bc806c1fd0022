"""The data dictionary, written from the model, so that it cannot fall behind it.

``python -m interview_coach.outcomes.dictionary`` writes ``data/DICTIONARY.md``.
"""

from collections.abc import Iterator

from interview_coach.outcomes import frames
from interview_coach.outcomes.model import CODED, CallEntry, codes
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
}
# What the log itself adds to an entry.
_MADE = {
    "call_id": "The call: one scheduled attempt. Made by the log.",
    "interview_id": "The interview: one client, one employer, one round. Several calls may share it.",
    "sequence": "Which call of its interview this is; 1 is the first. Made by the log.",
    "name": "The client's name, kept apart from everything else; optional and private.",
    "contact": "How to reach the client; optional and private.",
    "write_id": "The act that changed the log; what one act did has one number.",
    "at": "When it was done.",
    "by": "Who did it.",
    "action": "What was done: added, imported, changed or named.",
    "why": "The reason given; of an import, the file and how many of its rows.",
    "field": "The field that was changed; empty where a call was added or imported.",
    "was": "What the field held before.",
    "became": "What it held from then on.",
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
    ("Interviews", "`OutcomeLog.interviews()`, one row an interview.", frames.INTERVIEWS),
    ("Clients", "`OutcomeLog.clients()`, one row a client.", frames.CLIENTS),
    (
        "History",
        "`OutcomeLog.history()`, one row a call added, or a field changed.",
        frames.HISTORY,
    ),
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


def _meaning(name: str) -> str:
    return _MADE.get(name) or str(CallEntry.model_fields[name].description)


def _optional(name: str) -> bool:
    if name in _MADE:
        return name in {"name", "contact", "why", "field", "was", "became"}
    info = CallEntry.model_fields[name]
    # The log fills in the coach who is writing.
    return name != "coach" and not info.is_required() and info.default is None


def main() -> None:
    """Write the dictionary into the checkout's data folder."""
    (shipped("data") / FILE).write_text(dictionary(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
