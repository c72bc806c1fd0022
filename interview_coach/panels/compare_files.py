"""Assumptions that were typed, saved as a file under a name of one's own, and taken over from one."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from interview_coach.language import _, ngettext
from interview_coach.panels import kit
from interview_coach.panels.compare_model import CompareModel
from interview_coach.panels.compare_saved import FOLDER, Saved, written
from interview_coach.wording import counted

__all__ = ["Files"]


class Files(widgets.VBox):
    """What stands below the assumptions: a name to save them under, and the files there are.

    Attributes
    ----------
    name, which : Field
        The name to save under, and which file to take over.
    """

    def __init__(self, model: CompareModel, taken: Callable[[], None]) -> None:
        self._model, self._taken = model, taken
        self._saved = Saved(model.own.path.parent)
        self._notice, self._undo, self._reading = kit.Notice(), kit.Region(), kit.Region()
        self.name = kit.text_input(
            _("Save them as"),
            hint=_("A name; kept in {folder} of your work folder.").format(folder=FOLDER),
        )
        self.which = kit.dropdown(_("File"), [("", "")])
        super().__init__()
        self.add_class("ic-region")
        save = kit.Region(
            self.name, kit.row(kit.button(_("Save as a file"), self._save, where=self._notice))
        )
        columns = kit.columns(save, self._reading)
        self._head = kit.Region(kit.heading(_("Keep them for later"), 3))
        self.children = (self._head, columns, self._notice, self._undo)
        self._list()

    def draw(self) -> None:
        """Show the files there are; nothing where there is nothing to save, nor to take over."""
        self._list()

    def _list(self, chosen: str = "") -> None:
        names = self._saved.names()
        if not names:
            self._reading.show()
        else:
            self.which = kit.dropdown(
                _("Saved before"), [(name, name) for name in names], chosen or names[0]
            )
            take = kit.button(_("Take over"), self._read, where=self._notice)
            self._reading.show(self.which, kit.row(take))
        kit.seen(self, bool(names or self._model.typed))

    def _save(self) -> None:
        model = self._model
        values = model.in_force
        path, before = self._saved.save(self.name.value, model.usual, values)
        self._list(path.stem)
        self._offer(
            _("Put the old {name} back").format(name=path.stem),
            partial(self._put_back, path, before or b""),
            before,
        )
        left = len(model.wrong)
        without = counted(
            left,
            "{n} that could not be read is not in it.",
            "{n} that could not be read are not in it.",
        )
        scenario = (
            f" --scenario {model.usual.base.id}" if model.usual.base.id != "silent_phone" else ""
        )
        saved = counted(len(values), "{n} assumption saved.", "{n} assumptions saved.")
        command = (
            f"interview-coach compare{scenario} --days {model.choice.days} "  # unmarked: a command
            f"--assume {FOLDER}/{path.name}"
        )
        terminal = _("In a terminal: {command}").format(command=command)
        self._notice.done(" ".join((saved, *([without] if left else ()), terminal)))

    def _read(self) -> None:
        model, name = self._model, str(self.which.value)
        values = self._saved.read(name, model.usual)
        before = dict(model.typed)
        self._take({key: written(value) for key, value in values.items()})
        said = ngettext(
            "Taken over from {name}: {n} assumption not as shipped.",
            "Taken over from {name}: {n} assumptions not as shipped.",
            len(values),
        )
        self._notice.done(said.format(name=name, n=len(values)))
        if before != model.typed:
            self._offer(_("Back to what I had typed"), partial(self._back, before), before)

    def _offer(self, words: str, back: Callable[[], None], before: object) -> None:
        """Offer a way back where there is something to go back to."""
        self._undo.show()
        if before:
            self._undo.show(kit.row(kit.button(words, back, where=self._notice)))

    def _put_back(self, path: Path, before: bytes) -> None:
        self._saved.put_back(path, before)
        self._undo.show()
        self._notice.done(_("{name} is as it was before.").format(name=path.stem))

    def _back(self, before: Mapping[str, str]) -> None:
        self._take(before)
        self._notice.done(_("What you had typed is there again."))

    def _take(self, typed: Mapping[str, Any]) -> None:
        self._undo.show()
        self._model.type_all(typed)
        self._taken()
