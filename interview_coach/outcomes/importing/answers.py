"""Checking what a person answers to the mapping assistant: it fits, or the sentence says what would."""

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.importing.dates import read_time_of_day
from interview_coach.outcomes.importing.mapping import FIELDS
from interview_coach.outcomes.importing.table import FileTable
from interview_coach.times import zone

if TYPE_CHECKING:
    from interview_coach.outcomes.importing.proposal import Proposal

__all__ = ["ALL", "EXTRA", "NOTHING", "checked", "checked_column"]

# The answer that a word means nothing for a field.
NOTHING = "nothing"
# The answer that all rows are of one client, followed by who that is.
ALL = "all:"
# What a column can be besides a field of the call.
EXTRA = ("client", "position", "interview_id")


def checked_column(source: FileTable, name: str, value: str) -> str:
    """Check an answer such as ``column:employer``: the name of a column, or nothing for none."""
    target = name.removeprefix("column:")
    fields = (*FIELDS, *EXTRA)
    if target not in fields:
        near = difflib.get_close_matches(target, fields, 1, 0.6)
        remedy = (
            _("did you mean '{name}'?").format(name=near[0])
            if near
            else _("use one of {names}.").format(names=", ".join(fields))
        )
        raise KitError(
            _("{name}: there is no field {field}; {remedy}").format(
                name=name, field=repr(target[:40]), remedy=remedy
            )
        )
    nothing = value.strip().casefold() in {"", NOTHING} and value.strip() not in _names(source)
    return "" if nothing else _header(name, value, _names(source))


def _names(source: FileTable) -> list[str]:
    return [header.strip() for header in source.header if header.strip()]


def checked(proposal: "Proposal", name: str, value: str) -> str:
    """Check an answer: KitError says which questions or which answers there are."""
    given = " ".join(value.split())
    headers = _names(proposal.source)
    if name.startswith("column:"):
        return checked_column(proposal.source, name, value)
    question = next((q for q in proposal.questions if q.name == name), None)
    if question is None:
        named = ", ".join(q.name for q in proposal.questions) or _("none")
        raise KitError(
            _("{name}: this is not asked about {file}; the questions are {names}.").format(
                name=name[:60], file=proposal.table.name, names=named
            )
        )
    if name == "client" and not given.casefold().startswith(ALL):
        return "+".join(_header(name, part, headers) for part in _parts(value, headers))
    if name == "timezone":
        return zone(given, "timezone")
    if name == "start_time":
        try:
            read_time_of_day(given)
        except ValueError as error:
            raise KitError(_("start_time: {error}.").format(error=error)) from None
    if question.options and name != "client":
        known = {option.casefold(): option for option in question.options}
        if given.casefold() not in known:
            raise KitError(
                _("{name}: {given} is none of the answers; use one of {answers}.").format(
                    name=name, given=repr(given[:40]), answers=", ".join(question.options)
                )
            )
        return known[given.casefold()]
    if not given.strip(" |") or given.casefold() == ALL:
        raise KitError(
            _("{name}: an answer is needed. {what}").format(name=name, what=question.what)
        )
    if name == "client" and len(given) > 200:
        raise KitError(_("client: who it is has more than 200 characters; shorten it."))
    return given


def _parts(value: str, headers: Sequence[str]) -> list[str]:
    # A header may hold a plus sign itself.
    return [value] if value.strip() in headers else [part for part in value.split("+") if part]


def _header(name: str, value: str, headers: Sequence[str]) -> str:
    folded = {" ".join(header.split()).casefold(): header for header in headers}
    wanted = " ".join(value.split()).casefold()
    if wanted in folded:
        return folded[wanted]
    near = difflib.get_close_matches(wanted, folded, 1, 0.6)
    remedy = (
        _("did you mean {name}?").format(name=repr(folded[near[0]][:60]))
        if near
        else _("use one of {names}.").format(
            names=", ".join(repr(header[:40]) for header in headers[:12])
        )
    )
    raise KitError(
        _("{name}: there is no column {column}; {remedy}").format(
            name=name, column=repr(value.strip()[:60]), remedy=remedy
        )
    )
