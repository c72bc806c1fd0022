"""The mapping assistant: what a file seems to hold, what has to be asked, what would be imported.

Pure: a proposal is made of a table and of answers, and an answer gives a new proposal. What could
be misread (the order of day and month, a word for an outcome) is asked, never guessed silently.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes.importing.guessing import Guess
from interview_coach.outcomes.importing.mapping import FIELDS, ColumnMapping
from interview_coach.outcomes.importing.mapping_file import save_mapping
from interview_coach.outcomes.importing.reading import read_table
from interview_coach.outcomes.importing.table import FileTable
from interview_coach.wording import number

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NoDates", "Proposal", "Question", "propose"]


class NoDates(KitError):
    """No column could be told to hold the dates of the calls; `columns` are those of the file."""

    def __init__(self, words: str, columns: Iterable[str]) -> None:
        super().__init__(words)
        self.columns = tuple(columns)


@dataclass(frozen=True)
class Question:
    """Something to be asked, or to be confirmed.

    Attributes
    ----------
    name : str
        What an answer is given by, such as ``date_order`` or ``state:Ghosted``.
    what : str
        The question.
    where : str
        What in the file it is about, with an example; may be empty.
    options : tuple of str
        The answers there are; empty where any text will do.
    default : str or None
        What is taken without an answer; None where there must be one.
    answer : str or None
        What was answered.
    """

    name: str
    what: str
    where: str = ""
    options: tuple[str, ...] = ()
    default: str | None = None
    answer: str | None = None

    @property
    def open(self) -> bool:
        """Whether the import cannot go on without an answer."""
        return self.answer is None and self.default is None

    @property
    def value(self) -> str | None:
        """The answer, or what is taken without one."""
        return self.default if self.answer is None else self.answer


@dataclass(frozen=True)
class Proposal:
    """What a file seems to hold: `guesses` of its columns, `questions`, and the mapping they make."""

    source: FileTable = field(repr=False)
    table: FileTable = field(repr=False)
    answers: Mapping[str, str]
    timezone: str | None
    guesses: tuple[Guess, ...]
    questions: tuple[Question, ...]
    draft: ColumnMapping

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that must be answered before anything can be imported."""
        return tuple(question for question in self.questions if question.open)

    @property
    def mapping(self) -> ColumnMapping:
        """The mapping to import with.

        Raises
        ------
        KitError
            If a question that must be answered is open; the text lists them all.
        """
        if still := self.open_questions:
            listed = "\n".join(
                f"- {q.name}: {q.what}" + (f" ({', '.join(q.options)})" if q.options else "")
                for q in still
            )
            head = ngettext(
                "{n} question is open before {file} can be imported:",
                "{n} questions are open before {file} can be imported:",
                len(still),
            ).format(n=len(still), file=self.table.name)
            raise KitError(f"{head}\n{listed}")
        return self.draft

    def answer(self, name: str, value: str) -> "Proposal":
        """Answer a question, or say which column fills a field (``column:employer``).

        Parameters
        ----------
        name : str
            The question's, or ``column:`` and a field.
        value : str
            One of its options; for a column its name, or nothing for none.

        Raises
        ------
        KitError
            If there is no such question, or the answer is none of its options.
        """
        from interview_coach.outcomes.importing.answers import checked
        from interview_coach.outcomes.importing.asking import proposed

        return proposed(
            self.source, {**self.answers, name: checked(self, name, value)}, self.timezone
        )

    def preview(self, n: int = 20, *, now: datetime | None = None) -> "pd.DataFrame":
        """Show what would be made of the first rows.

        Returns
        -------
        DataFrame
            A row for each of the first `n`: its line, the client, the start in the row's time zone,
            the other fields that are filled, and under ``problem`` why it could not be imported.
        """
        import pandas as pd

        from interview_coach.outcomes.importing.interpret import interpret

        first = replace(
            self.table,
            rows=self.table.rows[:n],
            lines=self.table.lines[:n],
            faults={row: says for row, says in self.table.faults.items() if row < n},
        )
        read = interpret(first, self.draft, now or datetime.now(UTC))
        shown = [name for name in FIELDS if any(v is not None for v in read.fields.get(name, []))]
        fields = {
            name: read.fields[name] for name in shown if name not in {"synthetic", "timezone"}
        }
        return pd.DataFrame(
            {
                "line": first.lines,
                "client": read.client,
                **{
                    name: [
                        _local(v, z) for v, z in zip(values, read.fields["timezone"], strict=True)
                    ]
                    for name, values in fields.items()
                },
                "problem": ["; ".join(read.reasons.get(row, [])) for row in range(len(first.rows))],
            }
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Keep the mapping as a TOML file, for next time; KitError while a question is open."""
        return save_mapping(self.mapping, path)

    def summary(self) -> str:
        """Say what the columns seem to mean, one line each, and which are left out."""
        width = max((len(guess.field) for guess in self.guesses), default=0)
        rows = len(self.table.rows)
        lines = [
            ngettext("{file}: {n} row.", "{file}: {n} rows.", rows).format(
                file=self.table.name, n=number(rows)
            )
        ]
        # Translators: a field of the log, and the column of the file that it is taken from.
        line = _("{field}  from  {column}")
        lines += [
            "  " + line.format(field=f"{g.field:<{width}}", column=g.column) for g in self.guesses
        ]
        used = {*self.draft.needed(), *self.draft.read()}
        left = [
            name.strip() for name in self.table.header if name.strip() and name.strip() not in used
        ]
        if left:
            named = ", ".join(name[:30] for name in left)
            lines.append(_("Left out: {columns}.").format(columns=named))
        return "\n".join(lines)


def propose(
    table: FileTable | str | os.PathLike[str],
    *,
    answers: Mapping[str, str] | None = None,
    timezone: str | None = None,
    sheet: str | None = None,
) -> Proposal:
    """Propose what the columns of a file mean.

    Parameters
    ----------
    table : FileTable or path
        The file, or what `read_table` made of it (a calendar read with ``words="*"``).
    answers : mapping of str to str, optional
        Answers known beforehand, as to `Proposal.answer`.
    timezone : str, optional
        Suggested where the file does not say whose clock its times are of.
    sheet : str, optional
        The sheet of a workbook.

    Raises
    ------
    KitError
        If the file cannot be read, has no column of dates, or an answer does not fit.
    """
    from interview_coach.outcomes.importing.answers import checked_column
    from interview_coach.outcomes.importing.asking import proposed

    if not isinstance(table, FileTable):
        table = read_table(table, sheet=sheet, words="*")
    given = dict(answers or {})
    # Rows and columns first: without those of the dates there is nothing to ask about.
    first = {
        name: given.pop(name) if name == "words" else checked_column(table, name, given.pop(name))
        for name in list(given)
        if name.startswith("column:") or (name == "words" and given[name].strip(" |"))
    }
    found = proposed(table, first, timezone)
    for name in sorted(given, key=lambda name: name != "client"):
        found = found.answer(name, given[name])
    return found


def _local(value: object, timezone: str) -> object:
    if isinstance(value, datetime):
        from whenever import Instant

        local = Instant(value).to_tz(timezone)
        return f"{local.date()} {local.time().hour:02}:{local.time().minute:02}"
    return "" if value is None else value
