"""The assumptions: each with its unit, range and source, to be typed over and put back."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.comparing import under_cause
from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.compare_files import Files
from interview_coach.panels.compare_model import CompareModel, written
from interview_coach.wording import counted, first_upper

__all__ = ["Assumed"]

_MIX, _LATER = "weight", "later"


class Assumed(widgets.VBox):
    """The assumptions of the chosen call, a group of them at a time.

    Attributes
    ----------
    group : Field
        Which of them are in sight.
    fields : dict of str to Field
        Those in sight, by the assumption's name.
    files : Files
        Where they are saved, and taken over from.
    """

    def __init__(
        self, model: CompareModel, changed: Callable[[], None], notice: kit.Notice
    ) -> None:
        self._model, self._changed, self._notice = model, changed, notice
        self._filling = False
        self.group = kit.dropdown(_("Assumptions about"), self._groups(), _MIX)
        kit.on_change(self.group, self._chosen, notice)
        self.fields: dict[str, kit.Field] = {}
        self._shown, self._own = kit.Region(), kit.Region()
        self.files = Files(model, self._taken)
        self.fold = kit.fold(_("Assumptions"), self.group, self._shown, self._own, self.files)
        super().__init__([self.fold])
        self.add_class("ic-region")
        self.draw()

    def draw(self) -> None:
        """Show the assumptions of the call that is chosen now."""
        groups = self._groups()
        if list(self.group.input.options) != groups:
            self._filling = True
            try:
                self.group.input.options = groups
            finally:
                self._filling = False
        self._draw_group()

    def _chosen(self, _value: Any) -> None:
        if not self._filling:
            self._draw_group()

    def _groups(self) -> list[tuple[str, str]]:
        model = self._model
        return [
            (_("How often each is the reason"), _MIX),
            *((under_cause(model.usual, words), code) for code, words in model.causes.items()),
            (_("The days after"), _LATER),
        ]

    def _draw_group(self) -> None:
        model, group = self._model, self.group.value
        names = [
            name
            for name in model.usual.about
            if (name.endswith(f".{_MIX}") if group == _MIX else name.partition(".")[0] == group)
        ]
        self.fields = {name: self._field(name) for name in names}
        fields = list(self.fields.values())
        middle = (len(fields) + 1) // 2
        self._shown.show(kit.columns(kit.Region(*fields[:middle]), kit.Region(*fields[middle:])))
        self._mark()

    def _taken(self) -> None:
        self._draw_group()
        self._changed()

    def _field(self, name: str) -> kit.Field:
        model = self._model
        about, value = model.usual.about[name], model.usual.values[name]
        usual = written(value, about)
        says = about.says if self.group.value != _MIX else model.label(name).partition(":")[0]
        field = kit.text_input(
            first_upper(says),
            model.typed.get(name, usual),
            hint=_("{unit}, usually {low} to {high}; {value} is {source}.").format(
                unit=_(about.unit),
                low=written(about.low, about),
                high=written(about.high, about),
                value=usual,
                source=_(about.source),
            ),
        )
        kit.on_change(field, partial(self._typed, name), self._notice)
        return field

    def _typed(self, name: str, text: str) -> None:
        self._model.type_in(name, text)
        self._mark()
        self._changed()

    def _mark(self) -> None:
        """Say beside each field what is wrong with it, and below which ones were changed."""
        model = self._model
        for name, field in self.fields.items():
            field.error = model.wrong.get(name, "")
        changed = {name: text for name, text in model.typed.items() if name in model.usual.about}
        self.files.draw()
        self.fold.button.description = (
            counted(len(changed), "Assumptions: {n} changed", "Assumptions: {n} changed")
            if changed
            else _("Assumptions")
        )
        if not changed:
            self._own.show(kit.text(_("All of them are as shipped."), soft=True))
            return
        rows = []
        for name, text in changed.items():
            usual = written(model.usual.values[name], model.usual.about[name])
            label = model.label(name)
            words = _("{label}: {typed} instead of {usual}").format(
                label=label, typed=text, usual=usual
            )
            rows.append(
                kit.columns(
                    kit.text(
                        kit.tag(_("not used"), "amber")
                        if name in model.wrong
                        else kit.tag(_("changed"), "blue"),
                        " ",
                        words,
                    ),
                    kit.button(
                        _("Back"),
                        partial(self._back, name),
                        where=self._notice,
                        label=_("Back to {usual}: {label}").format(usual=usual, label=label),
                    ),
                    widths="end",
                )
            )
        lines = kit.Region(*rows)
        lines.add_class("ic-lines")
        self._own.show(
            kit.heading(
                counted(len(changed), "You changed {n} assumption", "You changed {n} assumptions"),
                3,
            ),
            lines,
            kit.row(kit.button(_("All as shipped"), self._all_back, where=self._notice)),
        )

    def _back(self, name: str) -> None:
        self._model.type_in(name, "")
        self._taken()

    def _all_back(self) -> None:
        self._model.as_shipped()
        self._taken()
