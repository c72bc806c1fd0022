"""What the mapping assistant has to ask, and the mapping that the answers make."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes.importing.answers import ALL, EXTRA, NOTHING
from interview_coach.outcomes.importing.calendars import INTERVIEW_WORDS, TITLE
from interview_coach.outcomes.importing.dates import DateOrder
from interview_coach.outcomes.importing.guessing import (
    Column,
    Guess,
    columns_of,
    dates_of,
    guess,
    looks_pseudonymous,
)
from interview_coach.outcomes.importing.mapping import ColumnMapping
from interview_coach.outcomes.importing.proposal import NoDates, Proposal, Question
from interview_coach.outcomes.importing.synonyms import code_of, match, normal, yes_or_no
from interview_coach.outcomes.importing.table import FileTable
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

    def make(self) -> Proposal:
        file = self._filter()
        columns = {column.name: column for column in columns_of(self._table)}
        calendar = self._table.kind == "calendar" or "words_in" in file
        guesses = self._guessed(list(columns.values()), calendar)
        by_field = {g.field: g.column for g in guesses}
        if "scheduled_at" not in by_field:
            raise NoDates(
                _(
                    "{file} has no column of dates that could be told; say which one holds the "
                    "date of the call, as column:scheduled_at."
                ).format(file=self._table.name),
                columns,
            )
        client = self._client(by_field, columns)
        spec: dict[str, Any] = {
            "title": f"Made for {self._table.name}",  # unmarked: it stands in the mapping's file
            "file": file | ({"sheet": self._table.sheet} if self._table.sheet else {}),
            "time": self._time(by_field, columns),
            "client": client,
            "columns": {n: c for n, c in by_field.items() if n not in EXTRA},
            "values": {},
            "constants": {},
            "when_state": {},
        }
        if together := self._together(by_field):
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
        names = [name for header in self._source.header for name in match(header)]
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
        found = guess(columns, forced, self._table.epoch, calendar=calendar)
        by_name = {column.name: column for column in columns}
        return [g for g in found if g.field not in CODED or not self._too_many(g, by_name)]

    def _too_many(self, one: Guess, columns: Mapping[str, Column]) -> bool:
        unknown = [
            t for t in columns[one.column].texts if self._known(one.field, t, one.column) is None
        ]
        forced = f"column:{one.field}" in self._answers
        return len(unknown) > _MOST_ASKED and not forced

    def _client(self, by_field: Mapping[str, str], columns: Mapping[str, Column]) -> dict[str, Any]:
        guessed = by_field.get("client")
        rivals = [
            c
            for c in columns
            if columns[c].filled and match(c).get("client", (0.0,))[0] >= 0.9 and c != guessed
        ]
        answer = self._answers.get("client", guessed)
        if guessed is None or rivals or "client" in self._answers:
            options = [
                c for c in columns if c not in {by_field["scheduled_at"], by_field.get("state")}
            ]
            self._ask(
                "client",
                _(
                    "Who is the client? Name a column, or write all: and who it is where all rows "
                    "are of one."
                ),
                _("{column} or {other}").format(column=repr(guessed), other=repr(rivals[0]))
                if guessed and rivals
                else "",
                (*options, ALL),
                guessed,
            )
        if answer is None:
            return {"same": "?"}
        if answer.casefold().startswith(ALL):
            who = answer[len(ALL) :].strip()
            return {"same": who, "pseudonymous": looks_pseudonymous([who])}
        names = [answer] if answer in columns else answer.split("+")
        texts = [text for name in names if name in columns for text in columns[name].texts]
        return {"columns": names, "pseudonymous": looks_pseudonymous(texts)}

    def _together(self, by_field: Mapping[str, str]) -> list[str]:
        """Name the columns that, with the client, tell one interview from another."""
        if "interview_id" in by_field:
            return [by_field["interview_id"]]
        if "employer" not in by_field:
            return []
        return [by_field[n] for n in ("employer", "position", "round") if n in by_field]

    def _time(self, by_field: Mapping[str, str], columns: Mapping[str, Column]) -> dict[str, Any]:
        start = columns[by_field["scheduled_at"]]
        dated = [columns[by_field[n]] for n in TIMES if n in by_field]
        found = dates_of(dated, start, self._table.epoch)
        time: dict[str, Any] = {}
        if found.needed:
            time["date_order"] = self._order(found.orders, found.evidence, found.weight, start)
        clock = by_field.get("scheduled_time")
        if found.without_time and (clock is None or columns[clock].filled < start.filled):
            time["start_time"] = self._ask(
                "start_time",
                _("At what time of day do calls begin for which the file gives only a date?"),
                ngettext("{column}, {n} rows", "{column}, {n} rows", found.without_time).format(
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

    def _order(
        self,
        left: frozenset[DateOrder],
        evidence: Mapping[DateOrder, str],
        weight: Mapping[DateOrder, int],
        start: Column,
    ) -> str | None:
        if len(left) == 1:
            (only,) = left
            return only
        if left:
            example = next(iter(start.texts), "")
            what = _(
                "Which stands first in the dates of the file? All of them can be read either way."
            )
            options = [order for order in ("day", "month", "year") if order in left]
            return self._ask(
                "date_order",
                what,
                _("{column}, such as {example}").format(
                    column=repr(start.name), example=repr(example[:30])
                ),
                options,
            )
        what = _(
            "Which stands first in the dates of the file? Some can only be read one way, some another."
        )
        first = {
            "day": _("{date} (day first)"),
            "month": _("{date} (month first)"),
            "year": _("{date} (year first)"),
        }
        shown = ", ".join(
            first[order].format(date=repr(text[:30])) for order, text in evidence.items()
        )
        best = max(weight, key=lambda order: weight[order], default=None)
        rest = sum(weight.values()) - (weight[best] if best else 0)
        default = best if best and weight[best] >= 20 * rest else None
        return self._ask("date_order", what, shown, ("day", "month", "year"), default)

    def _known(self, field: str, text: str, column: str) -> str | None:
        found = code_of(field, text)
        return found or (yes_or_no(text, column) if field == "state" else None)

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
            said = self._ask("state", what, "", tuple(codes("state")), "pending")
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
        for text in column.texts:
            code = self._known(field, text, column.name)
            name = f"{field}:{' '.join(text.split())}"
            if code is None or name in self._answers:
                near = difflib.get_close_matches(
                    normal(text), [normal(c) for c in codes(field)], 1, 0.75
                )
                default = code_of(field, near[0]) if near else None if field == "state" else NOTHING
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
        own = "missed_by" in spec["columns"]
        if own or len(says) < len(words):
            where = f"{state!r}: {', '.join(repr(w[:30]) for w in words if w not in says)}"[:200]
            self._rest(spec, where, "candidate" if attended and not own else "unknown")
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
