"""Bringing a file in: what the assistant takes for what, its questions, 20 rows, and then all of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.outcomes import Question, codes
from interview_coach.outcomes.mapping import FIELDS as MAPPED
from interview_coach.outcomes.model import CODED
from interview_coach.panels import kit
from interview_coach.panels.log_import_model import SHOWN, ImportModel
from interview_coach.panels.log_model import LogModel
from interview_coach.panels.log_words import field, options, told

__all__ = ["ImportFile"]

_RADIOS = 4  # more options than these go into a list to open
_MOST = 200  # rejected rows that are shown; the file has them all
_EVERYBODY = "all:"
_ASKS = {
    "client": "Who is the client?",
    "words": "Which words mark an interview?",
    "timezone": "In which time zone are the times of the file?",
    "date_order": "Which stands first in its dates?",
    "missed_by": "Who missed the calls for which the file does not say it?",
}
_HINTS = {
    "words": "Separate them by |. A * takes every row.",
    "timezone": "Such as Europe/London or America/Chicago.",
    "start_time": "Such as 09:00.",
}
_ORDERS = {
    "day": "the day: 05/03 is 5 March",
    "month": "the month: 05/03 is May 3",
    "year": "the year",
}


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
        self._page, self._see = page, see
        self.model = ImportModel(log)
        self._notice = kit.Notice()
        self._notice.keep = True
        self._asked: list[tuple[str, Any]] = []
        self._choose, self._columns, self._questions = kit.Region(), kit.Region(), kit.Region()
        self._outcome = kit.Region()
        self._parts = (self._choose, self._columns, self._questions, self._outcome)
        super().__init__([*self._parts[:3], self._notice, self._parts[3]])
        self.add_class("ic-region")
        kit.on_change(self.model, lambda _: self._draw(), self._notice, name="changed")
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
            "Choose the file",
            accept=".csv,.tsv,.txt,.xlsx,.parquet,.ics",
            hint="A spreadsheet (XLSX), a table (CSV, TSV, Parquet), or a calendar (ICS).",
        )
        kept = kit.file_input("Choose the kept mapping", accept=".toml")

        def take() -> None:
            chosen = _content(file)
            if chosen is None:
                return
            mapping = _content(kept)
            with self._notice.working(f"Reading {chosen[0]} …"):
                self.model.take(*chosen, mapping[1] if mapping else b"")

        # The file is read as soon as it is chosen: there is nothing else to do with it.
        kit.on_change(file, lambda _: take(), self._notice)
        return kit.card(
            kit.text(
                "Your tracker goes in as it is. You are told which column is taken for what, and asked "
                "where that is not sure. Nothing is written before you have seen what it would become."
            ),
            kit.fold(
                "You kept a mapping last time? Choose it first",
                kept,
                kit.small("With it nothing is asked again."),
            ),
            file,
            title="Bring a file in",
        )

    # -- what it takes for what

    def _taken(self) -> Any:
        proposal = self.model.proposal
        assert proposal is not None
        rows = [(field(guess.field), guess.column) for guess in proposal.guesses]
        if not rows:
            rows = [(field(name), column) for name, column in proposal.draft.columns.items()]
        used = set(proposal.draft.needed())
        left = [name.strip() for name in proposal.table.header if name.strip()]
        left = [name for name in left if name not in used]
        many = len(proposal.table.rows)
        return kit.card(
            kit.table(("In the log", "From your column"), rows, caption="What is taken for what"),
            kit.small("Left out: ", ", ".join(name[:40] for name in left), ".") if left else None,
            kit.small(*(f"{note} " for note in proposal.table.notes))
            if proposal.table.notes
            else None,
            self._other_column() if proposal.guesses else None,
            kit.row(kit.button("Another file", self.model.put_away, where=self._notice)),
            title=f"{self.model.name}: {many:,} row{'' if many == 1 else 's'}",
        )

    def _other_column(self) -> Any:
        proposal = self.model.proposal
        assert proposal is not None
        headers = [name.strip() for name in proposal.table.header if name.strip()]
        fields = [name for name in MAPPED if name not in {"synthetic", "coach"}]
        which = kit.dropdown("What", [(field(name), name) for name in fields])
        column = kit.dropdown(
            "Take it from", [("no column", ""), *((name, name) for name in dict.fromkeys(headers))]
        )

        def change() -> None:
            self.model.answer(f"column:{which.value}", column.value)

        return kit.fold(
            "Something is taken for what it is not",
            kit.columns(which, column),
            kit.row(kit.button("Take it so", change, where=self._notice)),
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
        few = "1 answer is needed" if len(must) == 1 else f"{len(must)} answers are needed"
        self._questions.show(
            kit.card(
                *(self._question(q) for q in must),
                kit.fold(f"What is assumed ({len(assumed)})", *(self._question(q) for q in assumed))
                if assumed
                else None,
                title=few if must else "Nothing is open",
            )
        )

    def _question(self, question: Question) -> Any:
        name = question.name
        what, hint = _words(question)
        choices = _choices(question)
        if name == "client":
            return self._client(question, hint)
        if not choices:
            made = kit.text_input(what, question.value or "", hint=hint)
        elif len(choices) <= _RADIOS:
            made = kit.radio(what, choices, question.value, hint=hint)
        else:
            first = [] if question.value else [("choose one", "")]
            made = kit.dropdown(what, [*first, *choices], question.value or "", hint=hint)
        kit.on_change(made, partial(self._answer, made, name), self._notice)
        return made

    def _client(self, question: Question, hint: str) -> Any:
        """Ask who the client is: a column, or one person for the whole file."""
        columns = [(name, name) for name in question.options if name != _EVERYBODY]
        value = question.value or ""
        same = value.casefold().startswith(_EVERYBODY)
        who = kit.text_input(
            "Their pseudonym",
            value[len(_EVERYBODY) :].strip() if same else "",
            hint="Such as C-014.",
        )
        listed = {column for column, _ in columns}
        which = kit.dropdown(
            _ASKS["client"],
            [
                *([] if value else [("choose one", "")]),
                *((f"It stands under: {name}", name) for name, _ in columns),
                ("All rows are of one client", _EVERYBODY),
            ],
            _EVERYBODY if same else value if value in listed else None,
            hint=hint,
        )
        kit.seen(who, same)

        def chosen(column: str) -> None:
            kit.seen(who, column == _EVERYBODY)
            if column and column != _EVERYBODY:
                self._answer(which, "client", column)

        kit.on_change(which, chosen, self._notice)
        kit.on_change(
            who, lambda words: self._answer(who, "client", f"{_EVERYBODY}{words}"), self._notice
        )
        box = widgets.VBox([which, who])
        box.add_class("ic-region")
        return box

    def _answer(self, place: Any, name: str, value: str) -> None:
        if not value:
            return
        place.error = ""
        self.model.answer(name, value)

    # -- what would happen, and what did

    def _would(self) -> list[Any]:
        model = self.model
        if model.tried is None:
            return [
                kit.text(
                    "With the answers above you see here what your rows would become.", soft=True
                )
            ]
        tried = model.tried
        first = model.preview()
        columns = [name for name in first.columns if name != "problem" or first["problem"].any()]
        timezone = model.mapping.time.timezone if model.mapping else None
        rows = [
            tuple(_cell(name, value) for name, value in zip(columns, row, strict=True))
            for row in first[columns].itertuples(index=False)
        ]
        caption = f"The first {len(rows)} rows" if len(rows) == SHOWN else "All rows"
        new = "1 call" if tried.imported == 1 else f"{tried.imported:,} calls"
        clock = f", times in {timezone}" if timezone else ""
        return [
            kit.card(
                *(kit.text(line) for line in _said(tried.summary())),
                kit.table([field(name) for name in columns], rows, caption=f"{caption}{clock}"),
                self._rejects(),
                kit.row(kit.button("Bring them in", self._bring_in, where=self._notice, main=True))
                if tried.imported
                else None,
                title=f"{new} would go in",
            )
        ]

    def _bring_in(self) -> None:
        progress = kit.Progress(
            "Bringing the rows in", self.model.tried.rows if self.model.tried else 0
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
        self._page.say("The file is in the log.")

    def _finished(self) -> list[Any]:
        model = self.model
        done = model.done
        assert done is not None
        new = "1 call is" if done.imported == 1 else f"{done.imported:,} calls are"
        stem = model.name.rpartition(".")[0] or model.name
        return [
            kit.card(
                kit.heading(f"{new} in the log now", focus=True),
                *(kit.text(line) for line in _said(done.summary())[1:]),
                self._rejects(),
                kit.row(
                    kit.button("See all calls", self._see, where=self._notice, main=True),
                    kit.download_link(
                        "Keep the mapping for next time (.toml)",
                        f"{stem}.mapping.toml",
                        model.toml(),
                        "application/toml",
                    ),
                    kit.button("Another file", model.put_away, where=self._notice),
                ),
                kit.small(
                    "The same file again adds nothing, so a newer version of it can come in as it is."
                ),
            )
        ]

    def _rejects(self) -> Any:
        model = self.model
        if not model.rejects:
            return None
        shown = model.rejects[:_MOST]
        many = len(model.rejects)
        short = f"; the first {_MOST} are shown" if many > _MOST else ""
        rows = [
            (one.line, one.reason, " · ".join(cell[:60] for cell in one.cells if cell.strip()))
            for one in shown
        ]
        caption = f"{many:,} row{' that stays' if many == 1 else 's that stay'} out{short}"
        stem = model.name.rpartition(".")[0] or model.name
        return kit.Region(
            kit.table(("Line", "Why", "What stands there"), rows, caption=caption),
            kit.row(
                kit.download_link(
                    "Save these rows (.csv)",
                    f"{stem}.rejects.csv",
                    model.rejects_file,
                    "text/csv",
                )
            ),
            kit.small("Put them right in that file and choose it here: only these go in."),
        )


def _content(upload: Any) -> tuple[str, bytes] | None:
    """Give name and content of an uploaded file, None where none is chosen."""
    if not upload.value:
        return None
    file = upload.value[0]
    return str(file["name"]), bytes(file["content"])


def _said(summary: str) -> list[str]:
    """Give an import's sentences; where the rows are listed is said below them."""
    return [
        line.partition("; they are listed in ")[0].rstrip(".") + "." for line in summary.split("\n")
    ]


def _words(question: Question) -> tuple[str, str]:
    """Say a question as the page asks it, with where in the file it is about."""
    kind, mark, word = question.name.partition(":")
    where = f"Under {question.where}" if question.where else ""
    hint = " ".join(part for part in (_HINTS.get(kind, ""), where) if part)
    if mark and kind in CODED:
        return f"“{word[:60]}”: {field(kind).lower()}?", hint
    return _ASKS.get(kind, question.what), hint


def _choices(question: Question) -> list[tuple[str, str]]:
    """Give a question's options as (words, answer)."""
    kind = question.name.partition(":")[0]
    if kind == "date_order":
        return [(_ORDERS.get(one, one), one) for one in question.options]
    if kind not in CODED:
        return [(one, one) for one in question.options]
    says = {code: words for words, code in options(kind)} if kind == "state" else dict(codes(kind))
    return [
        (says.get(one, "nothing; leave it out" if one == "nothing" else one), one)
        for one in question.options
    ]


def _cell(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    words = told(name, value) if name in CODED else str(value)
    return words if len(words) <= 80 else f"{words[:79]}…"
