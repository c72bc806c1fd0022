"""The mapping: a TOML file that says what the columns of somebody's file mean.

It is checked as a whole before the file is touched, and every fault is told at once: a person who
writes one by hand should not have to start the import five times to find five slips.
"""

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.importing.dates import DateOrder, read_time_of_day
from interview_coach.outcomes.importing.meaning import mark_column
from interview_coach.outcomes.model import CODED, TIMES, CallEntry, codes
from interview_coach.playbook.faults import Fault, from_validation, near
from interview_coach.times import zone

__all__ = ["ColumnMapping", "MappingError", "load_mapping"]

# Fields that a column can fill. The rest of `CallEntry` says which call it is, and is made here;
# two are the file's own: a time of day in a column of its own, and the file's number of the call.
FIELDS = (
    *(
        name
        for name in CallEntry.model_fields
        if name not in {"client_id", "interview_id", "entry_key", "date_doubt"}
    ),
    "scheduled_time",
    "row_id",
)
_NOT_CONSTANT = {*TIMES, "scheduled_time", "row_id", "waited_minutes", "notes"}


class MappingError(KitError):
    """A mapping cannot be used as it is; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        if len(self.faults) == 1:
            super().__init__(_("The mapping cannot be used: {fault}").format(fault=self.faults[0]))
        else:
            lines = "\n".join(f"- {fault}" for fault in self.faults)
            head = _("The mapping has {number} faults:").format(number=len(self.faults))
            super().__init__(f"{head}\n{lines}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileShape(_Part):
    """How the file is written; what is left out is found out."""

    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    encoding: str | None = None
    sheet: str | None = None
    words: str | None = Field(default=None, pattern=r"[^|\s]")
    words_in: str | None = None
    marks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ("", "na", "n/a", "#n/a", "nan", "none", "null", "-")


class TimeShape(_Part):
    """How the file writes its dates, and whose clock its times are of."""

    timezone: str | None = None
    date_order: DateOrder | None = None
    start_time: str | None = None


class ClientShape(_Part):
    """Which columns say who the client is, or that all rows are of one client, `same`.

    `pseudonymous` says that they name nobody, so that they can be kept as they are; otherwise the
    log makes pseudonyms of them and keeps what the file says apart, as the client's name.
    """

    columns: tuple[str, ...] = ()
    same: str | None = Field(default=None, min_length=1, max_length=200)
    pseudonymous: bool = False


class InterviewShape(_Part):
    """Which columns, with the client, say that two calls belong to one interview."""

    columns: tuple[str, ...] = Field(min_length=1)


class ColumnMapping(_Part):
    """What the columns of a file mean. The tables are those of the TOML file.

    A constant is for the rows in which no column says anything of the field.
    """

    title: str = ""
    file: FileShape = FileShape()
    time: TimeShape = TimeShape()
    client: ClientShape
    interview: InterviewShape | None = None
    columns: dict[str, str]
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, str | int | bool] = {}
    when_state: dict[str, dict[str, str]] = {}

    def needed(self, *, bookings: bool = True) -> tuple[str, ...]:
        """Name the columns that the file must have, also or not that of when calls were booked."""
        interview = self.interview.columns if self.interview else ()
        words_in = (self.file.words_in,) if self.file.words_in else ()
        columns = [c for field, c in self.columns.items() if bookings or field != "booked_at"]
        named = (*self.client.columns, *interview, *columns, *words_in)
        return tuple(dict.fromkeys(named))

    def read(self) -> tuple[str, ...]:
        """Name the columns that the file itself must have: those of marks in place of the one made of them."""
        made = mark_column(self.file.marks)
        named = [name for name in self.needed() if name != made]
        return tuple(dict.fromkeys((*named, *self.file.marks)))


def load_mapping(mapping: str | os.PathLike[str] | ColumnMapping) -> ColumnMapping:
    """Read and check a mapping.

    Parameters
    ----------
    mapping : path or ColumnMapping
        A TOML file; what is a mapping already is handed back.

    Raises
    ------
    KitError
        If there is no such file, or it is no TOML.
    MappingError
        With all faults of its content, each with the file, the place and what would be right.
    """
    if isinstance(mapping, ColumnMapping):
        return mapping
    path = Path(mapping)
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise KitError(
            _("There is no mapping {file}; look at the name and the folder.").format(file=path)
        ) from None
    except IsADirectoryError:
        raise KitError(
            _("The mapping {file} is a folder; name the .toml file in it.").format(file=path)
        ) from None
    except OSError as error:
        raise KitError(
            _("The mapping {file} cannot be read: {why}.").format(file=path, why=error.strerror)
        ) from None
    except UnicodeDecodeError:
        raise KitError(
            _("The mapping {file} is not UTF-8; save it as UTF-8.").format(file=path.name)
        ) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what = str(error) if isinstance(error, tomllib.TOMLDecodeError) else _("nested too deeply")
        raise KitError(
            _("The mapping {file} is not TOML: {what}.").format(file=path.name, what=what)
        ) from None
    try:
        read = ColumnMapping(**data)
    except ValidationError as error:
        raise MappingError(_found(error, path.name)) from None
    faults = list(_faults(read, path.name))
    if faults:
        raise MappingError(faults)
    return read


def _found(error: ValidationError, file: str) -> list[Fault]:
    known = {
        name
        for shape in (ColumnMapping, FileShape, TimeShape, ClientShape, InterviewShape)
        for name in shape.model_fields
    }
    return from_validation(error, file, "", sorted(known))


def _faults(mapping: ColumnMapping, file: str) -> Iterable[Fault]:
    for field in mapping.columns:
        if field not in FIELDS:
            yield _unknown(file, "[columns]", field, FIELDS)
    for field, value in mapping.constants.items():
        if field not in FIELDS or field in _NOT_CONSTANT:
            yield _unknown(
                file, "[constants]", field, [f for f in FIELDS if f not in _NOT_CONSTANT]
            )
        elif field in CODED and value not in codes(field):
            yield _no_code(file, "[constants]", field, value)
    for field, table in mapping.values.items():
        if field not in mapping.columns:
            yield Fault(
                file,
                "[values]",
                field,
                _("no column fills it"),
                _("add it to [columns], or remove it"),
            )
        elif field in CODED:
            for spelling, value in table.items():
                # Nothing at all is a meaning too: "n/a" in a column of causes.
                if value and value not in codes(field):
                    place = f"[values.{field}]"  # unmarked: as the file has it
                    yield _no_code(file, place, spelling, value, field)
    for state, table in mapping.when_state.items():
        if state not in codes("state"):
            yield _no_code(file, "[when_state]", state, state, "state")
        for field, value in table.items():
            where = f"[when_state.{state}]"  # unmarked: a place
            if field not in CODED or field == "state":
                yield _unknown(file, where, field, [name for name in CODED if name != "state"])
            elif value not in codes(field):
                yield _no_code(file, where, field, value)
    if bool(mapping.client.columns) == (mapping.client.same is not None):
        yield Fault(
            file,
            "[client]",
            "columns",
            _("it must be said who the client is, in one way"),
            _("name the columns that say it, or with same the one client of all rows"),
        )
    if "scheduled_at" not in mapping.columns:
        yield Fault(
            file, "[columns]", "scheduled_at", _("it is missing"), _("name the column of the date")
        )
    yield from _time_faults(mapping, file)


def _time_faults(mapping: ColumnMapping, file: str) -> Iterable[Fault]:
    given = mapping.time.timezone
    if given is None and not {"timezone"} & (mapping.columns.keys() | mapping.constants.keys()):
        yield Fault(
            file,
            "[time]",
            "timezone",
            _("it is missing"),
            _("add the time zone of the file's clock times"),
        )
    for where, name in (("[time]", given), ("[constants]", mapping.constants.get("timezone"))):
        if name is not None:
            try:
                zone(str(name))
            except KitError as error:
                says = str(error).removeprefix("timezone: ")  # unmarked: a field
                wrong, _mark, remedy = says.partition("; ")
                yield Fault(file, where, "timezone", wrong, remedy.rstrip(".?").lstrip("¿"))
    if mapping.time.start_time is not None:
        try:
            read_time_of_day(mapping.time.start_time)
        except ValueError:
            yield Fault(
                file, "[time]", "start_time", _("it is no time of day"), _('write it as "09:00"')
            )


def _unknown(file: str, where: str, field: str, known: Iterable[str]) -> Fault:
    listed = list(known)
    remedy = near(field, listed, _("use one of {names}").format(names=", ".join(listed)))
    return Fault(file, where, field, _("there is no such field here"), remedy)


def _no_code(file: str, where: str, place: str, value: Any, field: str | None = None) -> Fault:
    of = field or place
    return Fault(
        file,
        where,
        place,
        _("{value} is no code of {field}").format(value=repr(value), field=of),
        near(value, codes(of), ""),
    )
