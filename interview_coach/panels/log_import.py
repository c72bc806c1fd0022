"""Bringing a file in: what the assistant takes for what, its questions, 20 rows, and then all of them."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

from interview_coach.language import _, ngettext
from interview_coach.outcomes import ImportResult, NoDates
from interview_coach.outcomes.importing.mapping import FIELDS as MAPPED
from interview_coach.outcomes.importing.table import Note
from interview_coach.outcomes.model import CODED
from interview_coach.panels import kit
from interview_coach.panels.log_back import WayBack
from interview_coach.panels.log_import_ask import asked
from interview_coach.panels.log_import_model import SHOWN, ImportModel
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_words import field, told
from interview_coach.times import date_in_brief
from interview_coach.wording import counted, number

__all__ = ["ImportFile"]

_MOST = 200  # rejected rows that are shown; the file has them all


class ImportFile(widgets.VBox):
    """A file on its way into the log, from choosing it to what became of each row.

    Parameters
    ----------
    page : Page
        To say things to screen readers.
    log : LogModel
        The log.
    see : callable
        Goes to the list of calls.
    """

    def __init__(self, page: kit.Page, log: LogModel, see: Callable[[], Any]) -> None:
        self._page, self._log, self._see = page, log, see
        self.model = ImportModel(log)
        self._notice = kit.Notice()
        self._notice.keep = True
        self._asked: list[tuple[str, Any]] = []
        self._choose, self._columns, self._questions = kit.Region(), kit.Region(), kit.Region()
        self._outcome = kit.Region()
        self._parts = (self._choose, self._columns, self._questions, self._outcome)
        super().__init__([*self._parts[:3], self._notice, self._parts[3]])
        self.add_class("ic-region")
        kit.on_change(self.model, lambda __: self._draw(), self._notice, name="changed")
        self._draw()

    def _draw(self) -> None:
        model = self.model
        if model.proposal is None:
            self._asked = []
            self._choose.show(self._chooser())
            for part in self._parts[1:]:
                part.show()
        elif model.done is not None:
            for part in self._parts[:3]:
                part.show()
            self._outcome.show(*self._finished())
        else:
            self._choose.show()
            self._columns.show(self._taken())
            self._draw_questions()
            self._outcome.show(*self._would())
        for part in self._parts:
            kit.seen(part, bool(part.children))

    # -- the file

    def _chooser(self) -> Any:
        file = kit.file_input(
            _("Choose the file"),
            accept=".csv,.tsv,.txt,.xlsx,.parquet,.ics",
            hint=_("A spreadsheet (XLSX), a table (CSV, TSV, Parquet), or a calendar (ICS)."),
        )
        kept = kit.file_input(_("Choose the kept mapping"), accept=".toml")

        def take() -> None:
            chosen = _content(file)
            if chosen is None:
                return
            mapping = _content(kept)
            self._questions.show()
            with self._notice.working(_("Reading {file} …").format(file=chosen[0])):
                try:
                    self.model.take(*chosen, mapping[1] if mapping else b"")
                except NoDates as error:
                    self._ask_for_dates(*chosen, error.columns)

        # The file is read as soon as it is chosen: there is nothing else to do with it.
        kit.on_change(file, lambda __: take(), self._notice)
        return kit.card(
            kit.text(
                _(
                    "Your tracker goes in as it is. You are told which column is taken for what, "
                    "and asked where that is not sure. Nothing is written before you have seen "
                    "what it would become."
                )
            ),
            kit.fold(
                _("You kept a mapping last time? Choose it first"),
                kept,
                kit.small(_("With it nothing is asked again.")),
            ),
            file,
            title=_("Bring a file in"),
        )

    def _ask_for_dates(self, name: str, content: bytes, columns: Iterable[str]) -> None:
        which = kit.dropdown(
            _("Which column holds the date of the call?"),
            [(_("choose one"), ""), *((one, one) for one in columns)],
        )

        def take(column: str) -> None:
            if column:
                self._questions.show()
                self.model.take(name, content, dates=column)

        kit.on_change(which, take, self._notice)
        few = counted(1, "{n} question for you", "{n} questions for you")
        self._questions.show(kit.card(which, title=few))
        kit.seen(self._questions, True)

    # -- what it takes for what

    def _taken(self) -> Any:
        proposal = self.model.proposal
        assert proposal is not None
        pairs = [(guess.column, field(guess.field)) for guess in proposal.guesses] or [
            (column, field(name)) for name, column in proposal.draft.columns.items()
        ]
        places = {name.strip(): place for place, name in enumerate(proposal.table.header)}
        rows = sorted(pairs, key=lambda pair: places.get(pair[0], 0))
        used = {*proposal.draft.needed(), *proposal.draft.read()}
        left = [name.strip() for name in proposal.table.header if name.strip()]
        left = [name for name in left if name not in used]
        many = len(proposal.table.rows)
        return kit.card(
            kit.table(
                (_("Your column"), _("In the log")), rows, caption=_("What is taken for what")
            ),
            kit.small(
                _("Left out: {columns}.").format(columns=", ".join(name[:40] for name in left))
            )
            if left
            else None,
            self._other_column() if proposal.guesses else None,
            kit.row(kit.button(_("Another file"), self.model.put_away, where=self._notice)),
            title=ngettext("{file}: {n} row", "{file}: {n} rows", many).format(
                file=self.model.name, n=number(many)
            ),
        )

    def _other_column(self) -> Any:
        proposal = self.model.proposal
        assert proposal is not None
        headers = [name.strip() for name in proposal.table.header if name.strip()]
        fields = [name for name in MAPPED if name not in {"synthetic", "coach"}]
        which = kit.dropdown(_("What"), [(field(name), name) for name in fields])
        column = kit.dropdown(
            _("Take it from"),
            [(_("no column"), ""), *((name, name) for name in dict.fromkeys(headers))],
        )

        def change() -> None:
            self.model.answer(f"column:{which.value}", column.value)

        return kit.fold(
            _("Something is taken for what it is not"),
            kit.columns(which, column),
            kit.row(kit.button(_("Take it so"), change, where=self._notice)),
        )

    # -- the questions

    def _draw_questions(self) -> None:
        """Draw the questions anew only if others are asked: who is answering keeps their place."""
        proposal = self.model.proposal
        assert proposal is not None
        shape = [(q.name, (q.options, q.default is None)) for q in proposal.questions]
        if shape == self._asked and self._questions.children:
            return
        self._asked = shape
        must = [q for q in proposal.questions if q.default is None]
        assumed = [q for q in proposal.questions if q.default is not None]
        if not proposal.questions:
            self._questions.show()
            return
        few = counted(len(must), "{n} question for you", "{n} questions for you")
        self._questions.show(
            kit.card(
                *(asked(q, self.model.answer, self._notice) for q in must),
                kit.fold(
                    _("What is assumed ({number})").format(number=len(assumed)),
                    *(asked(q, self.model.answer, self._notice) for q in assumed),
                )
                if assumed
                else None,
                title=few if must else _("Nothing to ask"),
            )
        )

    # -- what would happen, and what did

    def _would(self) -> list[Any]:
        model, proposal = self.model, self.model.proposal
        if model.tried is None or proposal is None:
            return [
                kit.text(
                    _("With the answers above you see here what your rows would become."), soft=True
                )
            ]
        tried = model.tried
        first = model.preview()
        read = {"line", "client", "problem", *proposal.draft.columns, "missed_by"}
        # What no column says is the same for all rows: a sentence does for that.
        columns = [n for n in first.columns if n in read or first[n].nunique() > 1]
        if not first["problem"].any():
            columns.remove("problem")
        names = [str(name) for name in first if name not in (*columns, "problem")]
        same = [f"{field(name)}: {_cell(name, first[name].iloc[0])}" for name in names]
        timezone = proposal.draft.time.timezone
        rows = [
            tuple(_cell(name, value) for name, value in zip(columns, row, strict=True))
            for row in first[columns].itertuples(index=False)
        ]
        caption = (
            _("The first {number} rows").format(number=number(len(rows)))
            if tried.rows > SHOWN
            else _("All rows")
        )
        if timezone:
            caption = _("{rows}; times in {timezone}").format(rows=caption, timezone=timezone)
        return [
            kit.card(
                *(kit.text(line) for line in _said(tried)),
                kit.table([field(name) for name in columns], rows, caption=caption),
                kit.small(_("The same for all rows."), " ", " · ".join(same), ".")
                if same
                else None,
                self._rejects(),
                kit.row(
                    kit.button(_("Bring them in"), self._bring_in, where=self._notice, main=True)
                )
                if tried.imported
                else None,
                title=counted(tried.imported, "{n} call would go in", "{n} calls would go in"),
            )
        ]

    def _bring_in(self) -> None:
        progress = kit.Progress(
            _("Bringing the rows in"), self.model.tried.rows if self.model.tried else 0
        )
        before: Any = self._outcome.children
        self._outcome.children = [progress, *before]

        def tell(words: str, done: int, of: int) -> None:
            progress.label, progress.total = words, of
            progress.to(done)

        try:
            self.model.bring_in(tell)
        finally:
            after: Any = self._outcome.children
            self._outcome.children = [one for one in after if one is not progress]
            progress.close()
        self._page.say(_("The file is in the log."))

    def _finished(self) -> list[Any]:
        model = self.model
        done = model.done
        assert done is not None
        stem = model.name.rpartition(".")[0] or model.name
        head = kit.Region(
            kit.heading(
                counted(
                    done.imported, "{n} call is in the log now", "{n} calls are in the log now"
                ),
                focus=True,
            )
        )

        def taken_back(says: str) -> None:
            head.show(kit.heading(says, focus=True))
            self._page.say(says)

        back = WayBack(self._log, self._notice, taken_back, _("Take all of it back"))
        if done.act is not None:
            back.offer(done.act)
        return [
            kit.card(
                head,
                *(kit.text(line) for line in _said(done)),
                self._rejects(),
                kit.row(
                    kit.button(_("See all calls"), self._see, where=self._notice, main=True),
                    kit.download_link(
                        _("Keep the mapping for next time (.toml)"),
                        f"{stem}.mapping.toml",
                        model.toml(),
                        "application/toml",
                    ),
                    kit.button(_("Another file"), model.put_away, where=self._notice),
                ),
                back,
                kit.small(
                    _(
                        "The same file again adds nothing, so a newer version of it can come in as it is."
                    )
                ),
            )
        ]

    def _rejects(self) -> Any:
        model = self.model
        if not model.rejects:
            return None
        shown = model.rejects[:_MOST]
        many = len(model.rejects)
        rows = [
            (one.line, one.reason, " · ".join(cell[:60] for cell in one.cells if cell.strip()))
            for one in shown
        ]
        caption = counted(many, "{n} row that stays out", "{n} rows that stay out")
        if many > _MOST:
            caption = _("{rows}; the first {number} are shown").format(rows=caption, number=_MOST)
        stem = model.name.rpartition(".")[0] or model.name
        return kit.Region(
            kit.table((_("Line"), _("Why"), _("What stands there")), rows, caption=caption),
            kit.row(
                kit.download_link(
                    _("Save these rows (.csv)"),
                    f"{stem}.rejects.csv",
                    model.rejects_file,
                    "text/csv",
                )
            ),
            kit.small(_("Put them right in that file and choose it here: only these go in.")),
        )


def _content(upload: Any) -> tuple[str, bytes] | None:
    """Give name and content of an uploaded file, None where none is chosen."""
    if not upload.value:
        return None
    file = upload.value[0]
    return str(file["name"]), bytes(file["content"])


def _said(result: ImportResult) -> list[str]:
    """Say what became of the rows; those that stay out are listed beside it, each with its reason."""
    says = [counted(result.rows, "The file has {n} row.", "The file has {n} rows.")]
    if result.already_there:
        there = counted(
            result.already_there, "{n} is in the log already.", "{n} are in the log already."
        )
        says[0] = f"{says[0]} {there}"
    notes = (one.page if isinstance(one, Note) else one for one in result.notes)
    return [*says, *(one for one in notes if one)]


def _cell(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name in CODED or name == "date_doubt":
        return told(name, value)
    words = str(value)
    try:
        # With the month in letters, so that a date read the wrong way round is seen.
        at = dt.datetime.strptime(words, "%Y-%m-%d %H:%M")
        return f"{date_in_brief(at.date())}, {at:%H:%M}"
    except ValueError:
        return words if len(words) <= 80 else f"{words[:79]}…"
