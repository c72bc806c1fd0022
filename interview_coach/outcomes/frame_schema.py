"""What a data frame of calls must hold before it goes into the log: a pandera schema of the model.

The schema is generated from `CallEntry` and the playbook's codes, so that a new field or code is
checked without a word here. pandera finds the cells; the sentences are the kit's.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, get_args

import pandas as pd
import pandera.pandas as pa

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes import frames
from interview_coach.outcomes.model import CODED, TIMES, CallEntry, code, contradictions
from interview_coach.playbook.faults import near
from interview_coach.times import zone
from interview_coach.wording import number

__all__ = ["FrameFault", "check_frame", "frame_schema"]

NEEDED = ("client_id", "scheduled_at", "timezone")
_WHOLE = {"waited_minutes": (0, 1440), "round": (1, 99)}
_LONGEST = {"client_id": 200}
# What the log hands out and makes itself; in a frame that comes back it is passed over.
_OWN = frozenset(frames.CALLS) - set(CallEntry.model_fields)

Says = Callable[[Any], str | None]


class FrameFault(NamedTuple):
    """One thing wrong in a frame: the row's place from 0 (None: all of it), the column, what to do."""

    row: int | None
    column: str
    says: str

    def __str__(self) -> str:
        fault = self.says + ("" if self.says.endswith("?") else ".")
        if self.row is None:
            return f"{self.column}: {fault}"
        return _("row {row}, {column}: {fault}").format(
            row=self.row, column=self.column, fault=fault
        )


def check_frame(frame: pd.DataFrame) -> list[FrameFault]:
    """Check a frame of calls with the checks of a single entry.

    Parameters
    ----------
    frame : DataFrame
        Columns are fields of `CallEntry`; `client_id`, `scheduled_at` and `timezone` are needed,
        the others may be left out. Times are aware. Columns that only the log makes (``call_id``,
        ``sequence``) may be there, as in what `OutcomeLog.calls` gives.

    Returns
    -------
    list of FrameFault
        All that is wrong, by row; empty if the frame can go in. No sentence repeats what a cell
        says, so that names do not travel into logs.

    Raises
    ------
    KitError
        If it is no pandas data frame.
    """
    if not isinstance(frame, pd.DataFrame):
        raise KitError(
            _(
                "A pandas data frame of calls is needed, not a {kind}; other frames have a to_pandas "
                "method."
            ).format(kind=type(frame).__name__)
        )
    faults = list(_columns(frame))
    if faults:
        return faults
    # Rows are told by their place: an index may say anything, twice.
    plain = frame.reset_index(drop=True)
    whole = {name: says for name in plain.columns if (says := _kind(name, plain[name]))}
    faults += [FrameFault(None, name, says) for name, says in whole.items()]
    rest = plain.drop(columns=list(whole))
    try:
        frame_schema().validate(rest, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases
        for place, name in zip(cases["index"], cases["column"], strict=True):
            if pd.notna(place) and name in rest.columns:
                says = _says(str(name))(rest[name].iloc[int(place)])
                faults.append(FrameFault(int(place), str(name), says or _("this does not fit")))
    wrong = {(fault.row, fault.column) for fault in faults}
    faults += [f for f in _against_each_other(rest) if (f.row, f.column) not in wrong]
    order = {name: place for place, name in enumerate(plain.columns)}
    unique = dict.fromkeys(faults)
    return sorted(unique, key=lambda f: (-1 if f.row is None else f.row, order.get(f.column, -1)))


@lru_cache(maxsize=1)
def frame_schema() -> pa.DataFrameSchema:
    """Give the pandera schema of a frame of calls, generated from the model."""
    return pa.DataFrameSchema(
        {
            name: pa.Column(
                None,
                checks=pa.Check(_fits(_says(name)), name=name, ignore_na=False),
                nullable=True,
                required=name in NEEDED,
            )
            for name in CallEntry.model_fields
        },
        strict=False,
    )


def _columns(frame: pd.DataFrame) -> Any:
    names = [str(name) for name in frame.columns]
    for name in NEEDED:
        if name not in names:
            yield FrameFault(None, name, _("the frame has no such column, and it is needed"))
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield FrameFault(None, name, _("the frame has this column more than once; drop one"))
        elif name not in CallEntry.model_fields and name not in _OWN:
            hint = near(name, CallEntry.model_fields, _("drop it"))
            yield FrameFault(None, name, _("the log has no such field; {hint}").format(hint=hint))


def _kind(name: str, column: pd.Series) -> str | None:
    """Say what is wrong with a column as a whole: the kind of what it holds."""
    kind = column.dtype
    if name in TIMES:
        if (
            isinstance(kind, pd.DatetimeTZDtype)
            or pd.api.types.is_object_dtype(kind)
            or column.isna().all()
        ):
            return None
        if pd.api.types.is_datetime64_any_dtype(kind):
            return _(
                "the times have no zone; say whose clock they are of, such as "
                'df["{name}"].dt.tz_localize("Europe/London")'
            ).format(name=name)
        return _(
            "aware times are needed, and the column holds {kind}; turn them into times, such as "
            'pd.to_datetime(df["{name}"], utc=True)'
        ).format(kind=_called(kind), name=name)
    if name in _WHOLE and pd.api.types.is_bool_dtype(kind):
        return _("whole numbers are needed, and the column holds true and false")
    if (
        name in _WHOLE
        or name == "synthetic"
        or pd.api.types.is_object_dtype(kind)
        or column.isna().all()
    ):
        return None
    if name in CallEntry.model_fields and not pd.api.types.is_string_dtype(kind):
        # Categories of texts are texts.
        categories = getattr(kind, "categories", None)
        if categories is None or not pd.api.types.is_string_dtype(categories.dtype):
            return _(
                "texts are needed, and the column holds {kind}; turn them with astype(str)"
            ).format(kind=_called(kind))
    return None


def _called(kind: Any) -> str:
    if pd.api.types.is_bool_dtype(kind):
        return _("true and false")
    if pd.api.types.is_numeric_dtype(kind):
        return _("numbers")
    if pd.api.types.is_datetime64_any_dtype(kind):
        return _("times")
    if pd.api.types.is_string_dtype(kind):
        return _("texts")
    return _("the type {kind}").format(kind=kind)


def _fits(says: Says) -> Callable[[pd.Series], pd.Series]:
    """Make a check of a column that looks at each distinct cell once."""

    def check(column: pd.Series) -> pd.Series:
        known: dict[Hashable, bool] = {}
        fits = []
        for value in column.array:
            try:
                if value not in known:
                    known[value] = says(value) is None
                fits.append(known[value])
            except TypeError:
                # Lists and the like cannot be remembered, and are nothing that a field holds.
                fits.append(says(value) is None)
        return pd.Series(fits, index=column.index, dtype=bool)

    return check


@lru_cache(maxsize=64)
def _says(name: str) -> Says:
    """Give what says, of a cell of a field, why it does not fit; None where it does."""
    needed = name in NEEDED or (
        type(None) not in get_args(CallEntry.model_fields[name].annotation)
        and CallEntry.model_fields[name].is_required()
    )

    def says(value: Any) -> str | None:
        if _absent(value):
            return _("this is needed") if needed else None
        return _of(name, value)

    return says


def _absent(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _of(name: str, value: Any) -> str | None:
    if name in TIMES:
        if not isinstance(value, datetime):
            return _("an aware time is needed, not a {kind}").format(kind=type(value).__name__)
        if value.tzinfo is None:
            return _("the time has no zone; say whose clock it is of")
        return None
    if name in _WHOLE:
        low, high = _WHOLE[name]
        whole = pd.api.types.is_number(value) and not isinstance(value, bool)
        # A column of whole numbers with a gap is one of floats in pandas.
        if whole and float(value).is_integer() and low <= value <= high:
            return None
        says = _("a whole number from {first} to {last} is needed")
        return says.format(first=low, last=number(high))
    if name == "synthetic":
        return None if pd.api.types.is_bool(value) else _("true or false is needed")
    if not isinstance(value, str):
        return _("a text is needed, not a {kind}").format(kind=type(value).__name__)
    if name in CODED:
        try:
            code(name, value)
        except ValueError as error:
            return str(error)
        return None
    if name == "timezone":
        try:
            zone(value)
        except KitError:
            return _("there is no such time zone; use a name such as 'Europe/London'")
        return None
    longest = _LONGEST.get(name, 10_000)
    if len(value) > longest:
        return _("the text is longer than {n} characters; shorten it").format(n=number(longest))
    return None


def _against_each_other(frame: pd.DataFrame) -> list[FrameFault]:
    """Find the rows whose fields cannot all be true, each combination looked at once."""
    names = [
        n for n in ("state", "missed_by", "cause", "initiator", "reason") if n in frame.columns
    ]
    later = [n for n in TIMES if n in frame.columns and n != "scheduled_at"]
    columns = {name: frame[name].tolist() for name in (*names, *later)}
    starts = frame["scheduled_at"].tolist() if "scheduled_at" in frame.columns else None
    known: dict[Any, list[FrameFault]] = {}
    found: list[FrameFault] = []
    for row in range(len(frame)):
        fields: Mapping[str, Any] = {name: _coded(name, columns[name][row]) for name in names}
        times = {n: columns[n][row] for n in later if isinstance(columns[n][row], datetime)}
        times = {n: at for n, at in times.items() if not pd.isna(at) and at.tzinfo is not None}
        key = None if times else tuple(map(str, fields.values()))
        if key is not None and key in known:
            found += [fault._replace(row=row) for fault in known[key]]
            continue
        if times and starts is not None and not _absent(starts[row]):
            times["scheduled_at"] = starts[row]
        start = times.get("scheduled_at")
        if start is not None and (not isinstance(start, datetime) or start.tzinfo is None):
            times = {}
        faults = [FrameFault(row, f.field, f.says) for f in contradictions({**fields, **times})]
        if key is not None:
            known[key] = faults
        found += faults
    return found


def _coded(name: str, value: Any) -> Any:
    if _absent(value):
        return None
    if name in CODED and isinstance(value, str):
        try:
            return code(name, value)
        except ValueError:
            return value
    return value
