"""How the mapping assistant asks about dates, and which columns it cannot choose between."""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from interview_coach.language import _
from interview_coach.outcomes.importing.answers import NOTHING
from interview_coach.outcomes.importing.cells import shown
from interview_coach.outcomes.importing.dates import NoYear, read_date
from interview_coach.outcomes.importing.guessing import (
    Column,
    Dates,
    answers_yes,
    is_time,
    scores_of,
)
from interview_coach.outcomes.importing.meaning import known, mark_of
from interview_coach.outcomes.importing.synonyms import code_of, halves, match, said_yes
from interview_coach.outcomes.importing.table import FileTable

__all__ = [
    "Asked",
    "ask_rivals",
    "ask_time",
    "both_names",
    "doubled",
    "marks_in",
    "no_dates",
    "order_asked",
    "together_of",
    "unread_outcome",
]

# Two columns whose scores differ by less are as likely the one as the other.
_AS_LIKELY = 0.02
_NOT_SURE = 0.1


class Asked(NamedTuple):
    """A question about the order of day and month."""

    what: str
    where: str
    options: tuple[str, ...]
    default: str | None


def order_asked(found: Dates, start: Column) -> Asked:
    """Make the question which stands first in the dates of a file."""
    if found.orders:
        return Asked(
            _("Which stands first in the dates of the file? All of them can be read either way."),
            _("{column}, such as {example}").format(
                column=repr(start.name), example=repr(found.example[:30])
            ),
            tuple(order for order in ("day", "month", "year") if order in found.orders),
            None,
        )
    first = {
        "day": _("{date} (day first)"),
        "month": _("{date} (month first)"),
        "year": _("{date} (year first)"),
    }
    shown = ", ".join(
        first[order].format(date=repr(text[:30])) for order, text in found.evidence.items()
    )
    best = max(found.weight, key=lambda order: found.weight[order], default=None)
    rest = sum(found.weight.values()) - (found.weight[best] if best else 0)
    return Asked(
        _(
            "Which stands first in the dates of the file? Some can only be read one way, some another."
        ),
        shown,
        ("day", "month", "year"),
        best if best and found.weight[best] >= 20 * rest else None,
    )


def no_dates(table: FileTable, columns: Mapping[str, Column]) -> str:
    """Say why no column of dates was found, and what to do."""
    for column in columns.values():
        if column.filled and column.share(_lacks_year) >= 0.5:
            return _(
                "The dates under {column} of {file} have no year, such as {example}; write the year "
                "behind each."
            ).format(
                column=repr(column.name),
                file=table.name,
                example=repr(next(filter(_lacks_year, column.texts))[:30]),
            )
    says = _(
        "{file} has no column of dates that could be told; say which one holds the date of the "
        "call, as column:scheduled_at."
    ).format(file=table.name)
    for column in columns.values():
        if column.filled and match(column.name).get("scheduled_at", (0.0,))[0] == 1:
            text = next(iter(column.texts))
            says += f" {column.name}: {shown(text)}: {_fault(text)}."
            break
    return says


def _fault(text: str) -> str:
    try:
        read_date(text, "day")
    except ValueError as error:
        return str(error)
    return _("most that stands there is no date")


def _lacks_year(text: str) -> bool:
    try:
        read_date(text, "day")
    except NoYear:
        return True
    except ValueError:
        pass
    return False


def doubled(table: FileTable, fields: Sequence[str]) -> str | None:
    """Say which heading stands above two columns, where it is of a field that no other column fills."""
    names = [name.strip() for name in table.header]
    for name in dict.fromkeys(filter(None, names)):
        places = [str(place) for place, other in enumerate(names, 1) if other == name]
        meant = {field for field, one in match(name).items() if one.score >= 0.9}
        if len(places) > 1 and not meant.isdisjoint(fields):
            return _(
                "{file} has the heading {column} above {n} columns ({places}); name each of them "
                "otherwise, so that it can be said which one is meant."
            ).format(file=table.name, column=repr(name), n=len(places), places=", ".join(places))
    return None


def ask_rivals(
    by_field: Mapping[str, str],
    table: FileTable,
    columns: Mapping[str, Column],
    answers: Mapping[str, str],
    ask: Callable[..., str | None],
) -> None:
    """Ask which column is the start's or the outcome's, where two are as likely."""
    asked = {
        "scheduled_at": _("Which column says when the call was to be?"),
        "state": _("Which column says what became of the call?"),
        "scheduled_time": _("Which column says at what time of day the call was to begin?"),
    }
    for field, what in asked.items():
        name = f"column:{field}"
        if name in answers:
            continue
        if names := _rivals_of(field, table, list(columns.values()), by_field):
            where = _("{column} or {other}").format(column=repr(names[0]), other=repr(names[1]))
            ask(name, what, where, names)


def _rivals_of(
    field: str, table: FileTable, columns: Sequence[Column], taken: Mapping[str, str]
) -> list[str]:
    """Name the columns that may fill a field as well as the one that was guessed, that one first."""
    guessed = taken.get(field)
    if guessed is None:
        return []
    others = {name for other, name in taken.items() if other != field}
    scores = {
        column.name: score
        for column in columns
        for named, score in scores_of(column, table.epoch)
        if named == field and column.name not in others and column.filled
    }
    best = scores.get(guessed, 0.0)
    # A heading that only holds a word of the list, "Original date" or "New date", says less.
    sure = match(guessed).get(field, (0.0,))[0] == 1
    near = best - (_AS_LIKELY if sure else _NOT_SURE)
    same = [n for n, score in scores.items() if n != guessed and score > near]
    return [guessed, *same] if same else []


def both_names(columns: Mapping[str, Column], guessed: str | None) -> str | None:
    """Give the columns of a first and a last name as one answer, where no other says who it is."""
    pair = halves(list(columns))
    sure = guessed is not None and match(guessed).get("client", (0.0,))[0] == 1
    return "+".join(pair) if pair and (guessed in pair or not sure) else None


def marks_in(columns: Sequence[Column]) -> list[str]:
    """Name the columns that hold a mark each for another outcome, and that of words which they add to."""
    marks = [
        column.name
        for column in columns
        if column.filled
        and column.share(lambda text: said_yes(text) is not None) == 1
        and mark_of(column.name)
    ]
    words = [
        column.name
        for column in columns
        if column.name not in marks
        and match(column.name).get("state", (0.0,))[0] == 1
        and column.share(lambda text: known("state", text, "") is not None) >= 0.5
    ]
    is_set = any(column.share(_is_yes) for column in columns if column.name in marks)
    if is_set and len(words) == 1:
        marks = [*words, *marks]
    return marks if len({mark_of(name) for name in marks}) > 1 else []


def _is_yes(text: str) -> bool:
    return said_yes(text) is True


def unread_outcome(columns: Sequence[Column], taken: Container[str]) -> str:
    """Name a column that may say what became of the calls, though no other was taken for that."""
    for column in columns:
        if column.name in taken or not column.filled:
            continue
        named = match(column.name).get("state", (0.0,))[0] == 1
        # "Did they ring?" yes, no: it may be about the call.
        answers = answers_yes(column) if "?" in column.name else 0
        words = column.share(lambda text: code_of("state", text) is not None)
        if named or answers >= 0.5 or words >= 0.5:
            return column.name
    return ""


def ask_time(
    start: Column,
    by_field: Mapping[str, str],
    columns: Mapping[str, Column],
    answers: Mapping[str, str],
    ask: Callable[..., str | None],
) -> None:
    """Ask whether a column of nothing but times of day, which no field was taken from, is the start's."""
    left = [
        name
        for name, column in columns.items()
        if name not in by_field.values()
        and column.filled
        and column.share(is_time) - column.share(str.isdecimal) >= 0.9
    ]
    if left and "column:scheduled_time" not in answers:
        what = _("Which column says at what time of day the call was to begin?")
        ask("column:scheduled_time", what, repr(start.name), (*left, NOTHING))


def together_of(by_field: Mapping[str, str]) -> list[str]:
    """Name the columns that, with the client, tell one interview from another."""
    if "interview_id" in by_field:
        return [by_field["interview_id"]]
    if "employer" not in by_field:
        return []
    return [by_field[n] for n in ("employer", "position", "round") if n in by_field]
