"""Handing the report on: who reads it, over which days, as which files, without a terminal."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext
from interview_coach.measures import GROUPINGS
from interview_coach.panels import kit
from interview_coach.panels.choices import spoken
from interview_coach.panels.explore_choice import WINDOWS, Choice, iso, window_of
from interview_coach.panels.kit.assist import Assist
from interview_coach.reports.content.saying import thing
from interview_coach.reports.each import make_each
from interview_coach.reports.making import make_directly
from interview_coach.reports.question import FUNDER_GROUPS, Question
from interview_coach.reports.reading import data_of
from interview_coach.wording import first_upper, number

__all__ = ["HandOn", "hand_on_panel"]

_READERS = [
    (N_("You: every figure"), "coach"),
    (N_("A funder: small counts are hidden, and proved to be"), "funder"),
]
_GROUPS = ("cohort", "coach", "channel", "caller", "employer_type", "month", "quarter")
# What a file is called for its reader, whether it is ticked at first, and its media type.
_FORMATS = {
    "html": (N_("A page for any browser"), True, "text/html"),
    "pdf": (N_("A PDF"), False, "application/pdf"),
    "xlsx": (
        N_("A workbook of the numbers (.xlsx)"),
        False,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "figures": (N_("The pictures, each with its numbers"), False, ""),
}
_FOLDER = "reports"
# A report that is larger is found in its folder, and not offered as a link beside.
_LARGEST = 8_000_000


@kit.panel
def hand_on_panel(question: Question) -> "HandOn":
    """Offer to write the report that stands above as files.

    Parameters
    ----------
    question : Question
        What is chosen at first.
    """
    return HandOn(question)


class HandOn(widgets.VBox):
    """What is chosen, the button, and where the files are."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._notice, self._ready = kit.Notice(), kit.Region()
        self._ready.keep = True
        groups = [
            (first_upper(_(GROUPINGS.get(one, thing(one)))), one)
            for one in dict.fromkeys([*_GROUPS, question.group])
        ]
        first, last = (
            dt.date.fromisoformat(day) if day else None for day in (question.start, question.end)
        )
        self.fields = {
            "view": kit.radio(_("Who reads it?"), spoken(_READERS), question.view),
            "group": kit.dropdown(_("Compare by"), groups, question.group),
            "window": kit.dropdown(_("Days"), spoken(WINDOWS), "own" if first or last else "all"),
            "start": kit.date_input(_("First day"), first),
            "end": kit.date_input(_("Last day"), last),
            "title": kit.text_input(_("Title"), question.title),
            "each": kit.checkbox(_("One report for each of these groups, and an index")),
        }
        self.formats = {
            name: kit.checkbox(_(says), ticked) for name, (says, ticked, *_rest) in _FORMATS.items()
        }
        self._own = kit.columns(self.fields["start"], self.fields["end"])
        kit.on_change(self.fields["window"], lambda __: self._fit(), self._notice)
        self._assist = Assist(title=_("The outcome report"))
        card = kit.card(
            self.fields["view"],
            kit.columns(*(self.fields[name] for name in ("group", "window", "title"))),
            self._own,
            self.fields["each"],
            kit.text(kit.el("b", _("As what?"))),
            kit.columns(*self.formats.values()),
            kit.row(kit.button(_("Write the report"), self.write, where=self._notice, main=True)),
            self._notice,
            self._ready,
            title=_("Hand the report on"),
        )
        super().__init__([self._assist, card])
        self.add_class("ic-page")
        self.add_class("ic-unprinted")
        self._fit()

    def __repr__(self) -> str:
        # A notebook keeps this as the output's plain text; ipywidgets would write out what is shown.
        return "<handing the report on>"  # unmarked: shown nowhere

    def _fit(self) -> None:
        self._own.layout.display = None if self.fields["window"].value == "own" else "none"

    def asked(self) -> Question:
        """Give the question that is chosen.

        Raises
        ------
        KitError
            If it cannot be asked.
        """
        chosen = {name: field.value for name, field in self.fields.items()}
        window = Choice(window=chosen["window"], start=chosen["start"], end=chosen["end"])
        today = self._question.moment.astimezone().date()
        start, end = (iso(day) or "" for day in window_of(window, today))
        return replace(
            self._question,
            **{name: chosen[name] for name in ("view", "group", "title")},
            start=start,
            end=end,
            compare=self._question.compare if chosen["window"] == "own" else "",
        )

    def write(self) -> None:
        """Write the files into a folder of their own, and say where they are."""
        self._ready.show()
        formats = [name for name, field in self.formats.items() if field.value]
        if not formats:
            raise KitError(_("Tick at least one form that the report is to have."))
        question = self.asked()
        if self.fields["window"].value == "own" and not (question.start or question.end):
            raise KitError(_("Give a first or a last day, or choose “Everything”."))
        if question.funder and question.group not in FUNDER_GROUPS:
            raise KitError(_("A report for a funder cannot compare by that; choose another group."))
        folder = _new_folder(question, bool(self.fields["each"].value))
        with self._notice.working(_("Counting and drawing …")):
            if self.fields["each"].value:
                self._ready.show(*self._each(question, folder, formats))
            else:
                __, made = make_directly(question, data_of(question), folder, formats)
                self._ready.show(*_links(made, folder))
        self._assist.say(_("The report is ready."))

    def _each(self, question: Question, folder: Path, formats: list[str]) -> Iterable[Any]:
        each = make_each(question, question.group, folder, formats=formats)
        ready = len(each.made) + len(each.kept)
        yield kit.finished(
            ngettext(
                "{n} report is in the folder {folder} of your work folder; {file} there leads to them.",
                "{n} reports are in the folder {folder} of your work folder; {file} there leads to them.",
                ready,
            ).format(n=number(ready), folder=folder, file=each.index.name),
            title=_("The reports are ready"),
        )
        for group, sentence in each.failed.items():
            yield kit.error(sentence, title=_("No report for {group}").format(group=group))


def _new_folder(question: Question, each: bool) -> Path:
    """Name a folder that is not there yet: what was handed on once stays as it was."""
    name = f"{dt.date.today():%Y-%m-%d} {question.view}{' each ' + question.group if each else ''}"
    folder = Path(_FOLDER) / name
    number = 2
    while folder.exists() and not each:
        folder = Path(_FOLDER) / f"{name} {number}"
        number += 1
    return folder


def _links(made: list[Path], folder: Path) -> Iterable[Any]:
    yield kit.finished(
        _(
            "It is in the folder {folder} of your work folder. Look at it before you share it."
        ).format(folder=folder),
        title=_("The report is ready"),
    )
    links = []
    for path in made:
        if path.is_file() and path.stat().st_size < _LARGEST:
            mime = _FORMATS[path.suffix.lstrip(".")][2]
            links.append(
                kit.download_link(
                    _("Save {name}").format(name=path.name), path.name, path.read_bytes(), mime
                )
            )
    if links:
        yield kit.row(*links)
    for path in made:
        if path.is_dir():
            says = _("The pictures are in the folder {folder}.")
            yield kit.text(kit.el("p", says.format(folder=path), class_="ic-small"))
