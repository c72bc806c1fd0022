"""What the mapping assistant has to ask, and the mapping that the answers make."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes.importing.answers import EXTRA, NOTHING
from interview_coach.outcomes.importing.calendars import INTERVIEW_WORDS, TITLE
from interview_coach.outcomes.importing.choosing import (
    ask_rivals,
    ask_time,
    doubled,
    marks_in,
    no_dates,
    order_asked,
    together_of,
    unread_outcome,
)
from interview_coach.outcomes.importing.guessing import (
    Column,
    Guess,
    columns_of,
    dates_of,
    guess,
    names_client,
)
from interview_coach.outcomes.importing.mapping import ColumnMapping
from interview_coach.outcomes.importing.meaning import known, mark_column, suggested
from interview_coach.outcomes.importing.proposal import NoDates, Proposal, Question
from interview_coach.outcomes.importing.synonyms import (
    asks_of_them,
    code_of,
    match,
    normal,
)
from interview_coach.outcomes.importing.table import FileTable
from interview_coach.outcomes.importing.who import client_of
from interview_coach.outcomes.model import CODED, TIMES, codes
from interview_coach.wording import number

__all__ = ["proposed"]

_TITLES = ("subject", "title", "summary", "event", "event title", "event name")  # unmarked: keys
# More unknown words than anybody wants to be asked about: the column is of something else.
_MOST_ASKED = 25


def proposed(source: FileTable, answers: Mapping[str, str], timezone: str | None) -> Proposal:
    """Make the proposal of a table and answers; `propose` says with what."""
    return _Maker(source, answers, timezone).make()


class _Maker:
    """Makes one proposal; the questions gather as the mapping grows."""

    def __init__(
        self,
        source: FileTable,
        answers: Mapping[str, str],
        timezone: str | None,
    ):
        self._source, self._answers = source, answers
        self._suggested = timezone
        self._questions: list[Question] = []
        self._table = source
        self._marks: list[str] = []
        self._recruits = False
        self._unread = ""

    def make(self) -> Proposal:
        file = self._filter()
        self._join_marks()
        columns = {column.name: column for column in columns_of(self._table)}
        if self._marks:
            columns = {name: one for name, one in columns.items() if name not in self._marks}
        calendar = self._table.kind == "calendar" or "words_in" in file
        guesses = self._guessed(list(columns.values()), calendar)
        by_field = {g.field: g.column for g in guesses}
        open_ones = [
            n for n in ("scheduled_at", "scheduled_time", "client", "state") if n not in by_field
        ]
        if says := doubled(self._table, open_ones):
            raise KitError(says)
        self._recruits = names_client(by_field.get("employer", ""))
        if "scheduled_at" not in by_field:
            raise NoDates(no_dates(self._table, columns), columns)
        if self._table.kind != "calendar":
            ask_rivals(by_field, self._table, columns, self._answers, self._ask)
        client = client_of(by_field, columns, self._answers, self._ask)
        spec: dict[str, Any] = {
            "title": f"Made for {self._table.name}",  # unmarked: it stands in the mapping's file
            "file": file
            | ({"sheet": self._table.sheet} if self._table.sheet else {})
            | ({"marks": self._marks} if self._marks else {}),
            "time": self._time(by_field, columns),
            "client": client,
            "columns": {n: c for n, c in by_field.items() if n not in EXTRA},
            "values": {},
            "constants": {},
            "when_state": {},
        }
        if together := together_of(by_field):
            spec["interview"] = {"columns": together}
        self._codes(spec, columns)
        draft = ColumnMapping.model_validate(spec)
        return Proposal(
            self._source,
            self._table,
            dict(self._answers),
            self._suggested,
            tuple(g for g in guesses if g.field in (*spec["columns"], *EXTRA)),
            tuple(self._questions),
            draft,
        )

    def _ask(
        self,
        name: str,
        what: str,
        where: str = "",
        options: Sequence[str] = (),
        default: str | None = None,
    ) -> str | None:
        question = Question(name, what, where, tuple(options), default, self._answers.get(name))
        self._questions.append(question)
        return question.value

    def _filter(self) -> dict[str, Any]:
        """Leave out the events that are no interviews, in a calendar or a spreadsheet of one."""
        if not self._source.rows:
            raise KitError(
                _("{file} has no rows; there is nothing to import.").format(file=self._source.name)
            )
        titles = [n.strip() for n in self._source.header if normal(n) in _TITLES]
        column = TITLE if self._source.kind == "calendar" else titles[0] if titles else None
        names = [
            field for h in self._source.header for field, one in match(h).items() if one.score > 0.9
        ]
        if column is None or (self._source.kind != "calendar" and "state" in names):
            return {}
        words = self._ask(
            "words",
            _("Which words mark an interview? Separate them by |; * takes every row."),
            _("in {column}").format(column=repr(column)),
            default=INTERVIEW_WORDS,
        )
        assert words is not None
        if words != "*":
            self._table = self._source.only(words, column)
        if not self._table.rows:
            raise KitError(
                _(
                    "No row of {file} has one of the words {words} under {column}; say which words "
                    "mark an interview, as words=...; * takes every row."
                ).format(file=self._source.name, words=repr(words), column=repr(column))
            )
        return {"words": words, "words_in": column}

    def _join_marks(self) -> None:
        """Read columns that hold one mark for each outcome as one column."""
        said = self._answers
        if "column:state" in said:
            return
        marks = marks_in([c for c in columns_of(self._table) if c.name not in said.values()])
        if marks:
            self._marks = marks
            self._table = self._table.with_marks(marks)

    def _guessed(self, columns: list[Column], calendar: bool) -> list[Guess]:
        forced = {
            name.removeprefix("column:"): value
            for name, value in self._answers.items()
            if name.startswith("column:")
        }
        chosen = self._answers.get("client")
        if chosen is not None:
            whole = chosen in {column.name for column in columns}
            forced["client"] = chosen if whole else ""
        if self._table.kind == "calendar":
            forced = {"interview_id": "UID", "row_id": "", "position": "", **forced}
            forced.setdefault("client", "")
        if self._marks:
            forced["state"] = mark_column(self._marks)
        found = guess(columns, forced, self._table.epoch, calendar=calendar)
        by_name = {column.name: column for column in columns}
        kept = [g for g in found if g.field not in CODED or not self._too_many(g, by_name)]
        said = "state" in forced or any(g.field == "state" for g in kept)
        if not said and not calendar:
            self._unread = unread_outcome(columns, {g.column for g in kept})
        return kept

    def _too_many(self, one: Guess, columns: Mapping[str, Column]) -> bool:
        texts = columns[one.column].texts
        unknown = [t for t in texts if self._known(one.field, t, one.column) is None]
        forced = f"column:{one.field}" in self._answers
        if len(unknown) <= _MOST_ASKED or forced:
            return False
        # Remarks behind a known word are no other words; with one word too many it is settled.
        remarks = self._answers.get("beginnings") != "no"  # unmarked: answers
        other = (t for t in unknown if not remarks or suggested(one.field, t) is None)
        return len(list(islice(other, _MOST_ASKED + 1))) > _MOST_ASKED

    def _time(self, by_field: Mapping[str, str], columns: Mapping[str, Column]) -> dict[str, Any]:
        start = columns[by_field["scheduled_at"]]
        dated = [columns[by_field[n]] for n in TIMES if n in by_field]
        found = dates_of(dated, start, self._table.epoch)
        time: dict[str, Any] = {}
        if len(found.orders) == 1:
            (time["date_order"],) = found.orders
        elif found.needed:
            time["date_order"] = self._ask("date_order", *order_asked(found, start))
        clock = by_field.get("scheduled_time")
        if found.without_time and not clock:
            ask_time(start, by_field, columns, self._answers, self._ask)
        if found.without_time and (clock is None or columns[clock].filled < start.filled):
            time["start_time"] = self._ask(
                "start_time",
                _("At what time of day do calls begin for which the file gives only a date?"),
                ngettext("{column}, {n} row", "{column}, {n} rows", found.without_time).format(
                    column=repr(start.name), n=number(found.without_time)
                ),
                default="09:00",
            )
        zones = columns[by_field["timezone"]] if "timezone" in by_field else None
        if zones is None or zones.filled < zones.rows:
            time["timezone"] = self._ask(
                "timezone",
                _("In which time zone are the times of the file, such as Europe/London?"),
                f"{start.name!r}",
                default=self._suggested,
            )
        return {name: value for name, value in time.items() if value is not None}

    def _known(self, field: str, text: str, column: str) -> str | None:
        if self._recruits and names_client(text):
            return None  # whom a recruiter's "client no show" means is asked
        return known(field, text, column)

    def _codes(self, spec: dict[str, Any], columns: Mapping[str, Column]) -> None:
        by_field: dict[str, str] = spec["columns"]
        for field in CODED:
            if field in by_field:
                self._words_of(spec, field, columns[by_field[field]])
        states = self._states(spec, columns)
        if "missed" in states:
            self._missed_by(spec, columns, states["missed"])
        if "state" not in by_field:
            what = _("What became of these calls? The file does not say.")
            where = ""
            if self._unread:
                what = _(
                    "What became of these calls? A column that may say it was not understood; this is for all rows."
                )
                where = repr(self._unread)
            default = None if where else "pending"
            said = self._ask("state", what, where, tuple(codes("state")), default) or "pending"
            spec["constants"]["state"] = said
            if said == "missed":
                self._rest(spec, "", "unknown")
        self._constant(
            spec,
            columns,
            "channel",
            _("How were they to speak, where the file does not say?"),
            "phone",
        )
        visit = spec["constants"].get("channel") == "in_person"
        self._constant(
            spec,
            columns,
            "caller",
            _("Who was to place the call, where the file does not say?"),
            "candidate" if visit else "interviewer",
        )

    def _words_of(self, spec: dict[str, Any], field: str, column: Column) -> None:
        spelled: dict[str, str] = {}
        remarks = self._remarks(column) if field == "state" else {}
        for text in column.texts:
            code = self._known(field, text, column.name) or remarks.get(text)
            name = f"{field}:{' '.join(text.split())}"
            if code is None or name in self._answers:
                default = self._suggestion(field, text) or (None if field == "state" else NOTHING)
                options = tuple(codes(field)) + (() if field == "state" else (NOTHING,))
                many = column.texts[text]
                if not any(q.name == name for q in self._questions):
                    code = self._ask(
                        name,
                        _("What does {text} mean for {field}?").format(
                            text=repr(text[:60]), field=field
                        ),
                        ngettext("{column}, {n} row", "{column}, {n} rows", many).format(
                            column=repr(column.name), n=number(many)
                        ),
                        options,
                        default,
                    )
                else:
                    continue
            if code is not None:
                spelled[" ".join(text.split()).casefold()] = "" if code == NOTHING else code
        # What is written as the code is needs no translation.
        kept = {t: c for t, c in spelled.items() if t.replace(" ", "_").replace("-", "_") != c}
        if kept:
            spec["values"][field] = kept

    def _suggestion(self, field: str, text: str) -> str | None:
        return None if self._recruits and names_client(text) else suggested(field, text)

    def _remarks(self, column: Column) -> Mapping[str, str]:
        """Ask once of many texts that begin with a word for an outcome, and give their codes."""
        found = {
            text: code
            for text in column.texts
            if self._known("state", text, column.name) is None
            and (code := self._suggestion("state", text))
        }
        if len(found) <= _MOST_ASKED or "column:state" in self._answers:
            return {}
        self._ask(
            "beginnings",
            _("Does the word that stands first say what became of the call?"),
            _("{column}, {n} texts such as {example}").format(
                column=repr(column.name), n=number(len(found)), example=repr(next(iter(found))[:40])
            ),
            ("yes", "no"),
            "yes",
        )
        return found

    def _states(self, spec: dict[str, Any], columns: Mapping[str, Column]) -> dict[str, list[str]]:
        """Give the file's words for each end state."""
        name = spec["columns"].get("state")
        found: dict[str, list[str]] = {}
        if name is None:
            return found
        spelled = spec["values"].get("state", {})
        for text in columns[name].texts:
            key = " ".join(text.split()).casefold()
            code = spelled.get(key) or self._known("state", text, name)
            if code:
                found.setdefault(code, []).append(text)
        return found

    def _missed_by(
        self, spec: dict[str, Any], columns: Mapping[str, Column], words: Sequence[str]
    ) -> None:
        state = spec["columns"]["state"]
        says = {text: code for text in words if (code := code_of("missed_by", text))}
        attended = any(word in normal(state) for word in ("attend", "show", "came"))
        likely = (
            "interviewer_no_call" if asks_of_them(state) else "candidate" if attended else "unknown"
        )
        own = "missed_by" in spec["columns"]
        if own or len(says) < len(words):
            where = f"{state!r}: {', '.join(repr(w[:30]) for w in words if w not in says)}"[:200]
            self._rest(spec, where, "unknown" if own else likely)
        if says and not own:
            # The word for the outcome says who missed it; the column is read a second time for that.
            spec["columns"]["missed_by"] = state
            spec["values"]["missed_by"] = {
                " ".join(text.split()).casefold(): says.get(text, "")
                for text in columns[state].texts
            }

    def _rest(self, spec: dict[str, Any], where: str, default: str) -> None:
        what = _("Who missed the calls for which the file does not say it?")
        said = self._ask("missed_by", what, where, tuple(codes("missed_by")), default)
        spec["when_state"]["missed"] = {"missed_by": said}

    def _constant(
        self,
        spec: dict[str, Any],
        columns: Mapping[str, Column],
        field: str,
        what: str,
        default: str,
    ) -> None:
        name = spec["columns"].get(field)
        if name is not None:
            column = columns[name]
            spelled = spec["values"].get(field, {})
            told = {
                text: spelled.get(" ".join(text.split()).casefold(), code_of(field, text) or "")
                for text in column.texts
            }
            if column.filled == column.rows and all(told.values()):
                return
            counted: dict[str, int] = {}
            for text, code in told.items():
                if code:
                    counted[code] = counted.get(code, 0) + column.texts[text]
            best = max(counted, key=lambda code: counted[code], default=None)
            if best is not None and counted[best] * 2 > column.rows:
                default = best
        spec["constants"][field] = self._ask(
            field, what, f"{name!r}" if name else "", tuple(codes(field)), default
        )
