"""Guessing what the columns of a file hold: from their headers, and from all that stands in them.

A header alone misleads ("Type", "Name", "Stage"), and so does a glance at the first rows; so each
field has a word to say about the whole column.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from interview_coach.errors import KitError
from interview_coach.outcomes.importing.dates import (
    DateOrder,
    orders_of,
    read_date,
    read_time_of_day,
)
from interview_coach.outcomes.importing.mapping import FileShape
from interview_coach.outcomes.importing.meaning import suggested
from interview_coach.outcomes.importing.synonyms import code_of, match, normal, said_yes, yes_or_no
from interview_coach.outcomes.importing.table import LONGEST_CELL, FileTable
from interview_coach.outcomes.model import CODED, TIMES
from interview_coach.times import zone

__all__ = [
    "Column",
    "Dates",
    "Guess",
    "answers_yes",
    "columns_of",
    "dates_of",
    "guess",
    "is_time",
    "looks_pseudonymous",
    "names_client",
    "scores_of",
]

_MISSING = frozenset(FileShape().missing)
# Under this a guess is left out: rather a question than a wrong column.
_ENOUGH = 0.55
# That many texts show what a column holds.
_LOOKED = 2_000
_LATER = frozenset(TIMES) - {"scheduled_at", "booked_at"}
_PSEUDONYM = re.compile(
    r"(?P<kind>(?:[^\W\d_]{1,24}[\s_.#:/-]+){0,3}[^\W\d_]{0,24}?)[\s_.#:/-]*"
    r"(?:\d{1,12}|[0-9a-f]{6,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})",
    re.I,
)
# The words that codes of people begin with; anything longer may be a name.
_KINDS = frozenset(
    (
        *("client", "candidate", "cand", "participant", "student", "case", "applicant", "learner"),
        *("member", "customer", "id", "no", "synthetic", "ref", "trainee", "coachee", "person"),
        *("jobseeker", "user", "pseudonym", "number", "code"),
    )
)
# A telephone number, an address on the web, or the name of a service.
_A_PLACE = re.compile(
    r"\+?\d[\d\s().-]{6,}|https?:|\b(?:zoom|teams|skype|webex|google meet)\b",  # unmarked: read
    re.I,
)
# A word for the person who is interviewed; beside it "client" is a recruiter's word for the employer.
_PERSON = re.compile(r"\bcand|participant|student|applicant|learner|seeker|trainee|coachee", re.I)


@dataclass(frozen=True)
class Column:
    """A column of the file: its name and place, and how often each text stands in it."""

    name: str
    place: int
    texts: Mapping[str, int]
    rows: int

    @property
    def filled(self) -> int:
        """How many rows have something there."""
        return sum(self.texts.values())

    def share(self, fits: Callable[[str], bool]) -> float:
        """Give the share of the filled rows whose text fits; of very many texts, of every so-manieth."""
        looked = islice(self.texts.items(), 0, None, len(self.texts) // _LOOKED + 1)
        told = [(n, fits(text)) for text, n in looked]
        return sum(n for n, fit in told if fit) / max(1, sum(n for n, _ in told))


class Guess(NamedTuple):
    """A field, the column that fills it, and how sure that is, from 0 to 1."""

    field: str
    column: str
    score: float


class Dates(NamedTuple):
    """What a column of dates shows: the order of day and month, and how many rows have no time."""

    orders: frozenset[DateOrder]
    needed: bool
    evidence: Mapping[DateOrder, str]
    example: str
    weight: Mapping[DateOrder, int]
    without_time: int


def columns_of(table: FileTable) -> list[Column]:
    """Give the columns that have a name, and that of no other column."""
    names = [name.strip() for name in table.header]
    width, counted = len(names), Counter(names)
    even = [row for row in table.rows if len(row) == width]
    found = []
    for place, name in enumerate(names):
        if name and counted[name] == 1:
            # A cell that is longer is refused in any case, and would be read for minutes.
            texts = Counter(row[place].strip()[:LONGEST_CELL] for row in even)
            kept = {text: n for text, n in texts.items() if text.casefold() not in _MISSING}
            found.append(Column(name, place, kept, len(even)))
    return found


def guess(
    columns: Sequence[Column], forced: Mapping[str, str], epoch: date | None, *, calendar: bool
) -> list[Guess]:
    """Guess which column fills which field.

    Parameters
    ----------
    columns : sequence of Column
        Those of the file.
    forced : mapping of str to str
        What is said already: a field, and its column, or nothing where no column fills it.
    epoch : date or None
        The day 0 of a workbook.
    calendar : bool
        Whether the rows are events of a calendar, whose place is no cohort and whose number is of
        the interview, not of the call.

    Returns
    -------
    list of Guess
        The surest first; each column fills one field, and ``position`` and ``interview_id`` are
        among the fields.
    """
    taken = {name for name in forced.values() if name}
    found = [Guess(field, name, 1.0) for field, name in forced.items() if name]
    scores = [
        Guess(field, column.name, score)
        for column in columns
        if column.name not in taken
        for field, score in scores_of(column, epoch)
        if field not in forced and not (calendar and field in {"row_id", "cohort"})
    ]
    persons = {g.column for g in scores if g.field == "client" and _PERSON.search(g.column)}
    for one in sorted(scores, key=lambda g: (-g.score, g.field != "scheduled_at")):
        field, name, score = one
        if score < _ENOUGH or field in forced or any(field == g.field for g in found):
            continue
        if name in taken or (field == "client" and persons and name not in persons):
            continue
        if field == "employer" and name not in persons and names_client(name) and not persons:
            continue
        taken.add(name)
        found.append(one)
    fields = {one.field for one in found}
    if "booked_at" in fields - forced.keys() and "scheduled_at" not in fields:
        # A file with one column of dates says when calls were to be, whatever it calls that.
        return guess(columns, {**forced, "booked_at": ""}, epoch, calendar=calendar)
    return found


def scores_of(column: Column, epoch: date | None) -> Iterable[tuple[str, float]]:
    """Give the fields that a column may fill, each with how sure that is."""
    named = match(column.name)
    for field, known in named.items():
        suits = _suits(field, column, epoch, {f for f, one in named.items() if one.score == 1})
        if suits is not None:
            yield field, known.score * 0.7 + suits * 0.3
    # A column without a telling name can still be of nothing but dates, or of nothing but outcomes.
    if not column.filled:
        return
    if "scheduled_at" not in named and not _unfit(column.name):
        share = column.share(lambda text: _is_date(text, epoch))
        if share >= 0.75:  # a tracker typed by hand has a slip here and there
            yield "scheduled_at", 0.4 + share * 0.2
    if "channel" not in named and len(column.texts) <= 12:
        # Without a call among them, "remote" and "on site" may be how the job is done.
        told = [code_of("channel", text) for text in column.texts]
        if "phone" in told and all(told):
            yield "channel", 0.6
    if "state" not in named and len(column.texts) <= 12:
        found = {code for text in column.texts if (code := code_of("state", text))}
        share = column.share(lambda text: code_of("state", text) is not None)
        if share > 0.6 and len(found) > 1:
            yield "state", 0.4 + share * 0.2


def names_client(header: str) -> bool:
    """Say whether a header is about a client, which a recruiter calls the employer."""
    return "client" in normal(header).split()


def _unfit(name: str) -> bool:
    return bool(
        re.search(r"birth|dob|creat|modif|updat|end|applied|hired|message|until", name, re.I)
    )


def _suits(
    field: str, column: Column, epoch: date | None, exactly: Container[str] = ()
) -> float | None:
    """Say how well what stands in the column suits the field, from 0 to 1; None if not at all."""
    if field == "scheduled_at":
        share = column.share(lambda text: _is_date(text, epoch))
        return share if share >= 0.5 else None
    if field == "booked_at":
        share = column.share(lambda text: _is_date(text, epoch))
        return share if share >= 0.9 else None
    if field == "scheduled_time":
        share = column.share(is_time)
        # Under a heading that can be of nothing else, what cannot be read is listed, not left out.
        sure = field in exactly and not column.share(lambda text: _is_date(text, epoch)) > 0.5
        # 0930 is a time under "Time", and a number anywhere else.
        bare = column.share(str.isdecimal)
        return share if share - bare >= 0.5 else 0.3 if sure and column.filled else None
    if field in _LATER:
        share = column.share(lambda text: is_time(text) or _is_date(text, epoch))
        return share if share >= 0.6 else None
    if (
        field in {"employer", "client", "cohort", "coach", "position"}
        and answers_yes(column) >= 0.5
    ):
        return None  # "Company called?" yes, no - never
    if field == "cohort" and any(map(_A_PLACE.search, islice(column.texts, _LOOKED))):
        return None  # where they were to speak, not a group
    if field in CODED:
        if (
            field != "state"
            and column.filled
            and column.share(lambda t: said_yes(t) is not None) == 1
        ):
            return None  # yes and no say nothing of who or why
        share = column.share(
            lambda text: (
                code_of(field, text) is not None
                or (field == "state" and yes_or_no(text, column.name) is not None)
                or (field == "state" and suggested(field, text) is not None)
            )
        )
        # A column of that many unknown words is about something else.
        return share if share >= 0.3 or len(column.texts) <= 12 else None
    if field in {"waited_minutes", "round"}:
        share = column.share(lambda text: text.removesuffix(".0").isdecimal() and len(text) < 7)
        return share if share >= 0.9 else None
    if field == "timezone":
        share = column.share(_is_zone)
        return share if share >= 0.3 or not column.filled else None
    if field == "synthetic":
        return 1.0 if column.share(lambda text: yes_or_no(text, "") is not None) == 1 else None
    if field in {"row_id", "interview_id"}:
        return _numbers_rows(field, column)
    if field == "client":
        if not column.filled or column.share(lambda text: said_yes(text) is not None) == 1:
            return None
        # A name that stands in every row is none of a person among many.
        return min(1.0, len(column.texts) / max(1, column.filled) * 4)
    # Any text suits these, so that only the header speaks for them.
    return 0.5 if column.filled else 0.0


def _numbers_rows(field: str, column: Column) -> float | None:
    if not column.filled or (field == "row_id" and len(column.texts) < column.rows):
        return None
    # 1, 2, 3 ... numbers the lines of the sheet, and changes when it is sorted.
    counted = {str(number) for number in range(1, len(column.texts) + 1)}
    return None if field == "row_id" and counted == column.texts.keys() else 1.0


def _is_date(text: str, epoch: date | None) -> bool:
    for order in (None, "day", "month", "year"):
        try:
            read_date(text, order, epoch)
            return True
        except ValueError:
            continue
    return False


def answers_yes(column: Column) -> float:
    """Give the share of the texts that are a yes or a no, perhaps with more behind it."""
    return column.share(lambda text: said_yes(text.split()[0] if text.split() else "") is not None)


def is_time(text: str) -> bool:
    """Say whether a text is a time of day."""
    try:
        read_time_of_day(text)
    except ValueError:
        return False
    return True


def _is_zone(text: str) -> bool:
    try:
        zone(text)
    except KitError:
        return False
    return True


def dates_of(columns: Iterable[Column], start: Column, epoch: date | None) -> Dates:
    """Find the order of day and month that all dates of the file agree on.

    Parameters
    ----------
    columns : iterable of Column
        All columns that hold dates, the one of the start among them.
    start : Column
        The one of the start; its rows without a time are counted.
    epoch : date or None
        The day 0 of a workbook.
    """
    evidence: dict[DateOrder, str] = {}
    weight: Counter[DateOrder] = Counter()
    left: frozenset[DateOrder] | None = None
    example = ""
    for column in columns:
        for text, count in column.texts.items():
            orders = orders_of(text)
            if orders is None:
                continue
            example = example or text
            left = orders if left is None else left & orders
            if len(orders) == 1:
                (only,) = orders
                evidence.setdefault(only, text)
                weight[only] += count
    without = 0
    for text, count in start.texts.items():
        for order in (None, "day", "month", "year"):
            try:
                if read_date(text, order, epoch).clock is None:
                    without += count
                break
            except ValueError:
                continue
    return Dates(left or frozenset(), left is not None, evidence, example, weight, without)


def looks_pseudonymous(texts: Iterable[str]) -> bool:
    """Say whether texts are numbers or codes, such as "Candidate 12" or "C-007", that name nobody."""
    # Nothing that long is a code, and a long row of dashes would keep the pattern busy.
    found = [_PSEUDONYM.fullmatch(text.strip()) if len(text) < 80 else None for text in texts]
    return bool(found) and all(
        one is not None
        and all(
            len(word) <= 2 or word in _KINDS
            for word in re.findall(r"[^\W\d_]+", one["kind"].casefold())
        )
        for one in found
    )
