"""What would change the answer: two policies, how far each assumption moves them, and a map."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import _, pgettext
from interview_coach.panels import kit
from interview_coach.panels.compare_choice import FIGURE_WORDS
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.panels.compare_turns import map_of, pair_of, turns_of, variable
from interview_coach.panels.drawing import drawn

__all__ = ["Change"]


class Change(widgets.VBox):
    """The fold with the tornado and the map; nothing is reckoned while it is closed.

    Attributes
    ----------
    fields : dict of str to Field
        By the name of what they choose; empty until it is opened.
    """

    def __init__(self, page: kit.Page, model: CompareModel) -> None:
        self._page, self._model, self._filling = page, model, False
        self._notice = kit.Notice()
        self._notice.keep = True
        self.fields: dict[str, kit.Field] = {}
        self._turns, self._map = kit.Region(), kit.Region()
        self.fold = kit.fold(_("What would change the answer"), make=self._made, where=self._notice)
        super().__init__([self.fold, self._notice])
        self.add_class("ic-region")

    def stale(self) -> None:
        """Reckon anew what is in sight."""
        if self.fold.open:
            self.fold.turn(True)

    def _made(self) -> list[Any]:
        model, choice = self._model, self._model.choice
        self._notice.clear()
        try:
            first, second = pair_of(model)
        except KitError as problem:
            if model.choice.first and model.choice.first == model.choice.second:
                model.choose(second="")
                first, second = pair_of(model)
            else:
                return [kit.empty(str(problem), title=_("Nothing to hold against each other"))]
        found = model.comparison
        assert found is not None
        names = [(policy_name(found.policies[key]), key) for key in found.plans]
        varied = variable(model)
        there = {name for _words, name in varied}
        across, up = (
            name if name in there else usual
            for name, usual in ((choice.across, "later.accept"), (choice.up, "later.unprompted"))
        )
        figures = [(_(words), key) for key, words in FIGURE_WORDS.items()]
        self.fields = {
            "first": kit.dropdown(_("This policy"), names, first),
            "second": kit.dropdown(_("Against"), names, second),
            "figure": kit.dropdown(
                pgettext("which of two policies is better, by what", "By"), figures, choice.figure
            ),
            "across": kit.dropdown(_("Map: from left to right"), varied, across),
            "up": kit.dropdown(_("Map: upwards"), varied, up),
        }
        for name, field in self.fields.items():
            kit.on_change(field, self._changed(name), self._notice)
        self._turns, self._map = kit.Region(), kit.Region()
        self._draw_turns()
        self._draw_map()
        return [
            kit.columns(*(self.fields[name] for name in ("first", "second", "figure"))),
            self._turns,
            kit.columns(*(self.fields[name] for name in ("across", "up"))),
            self._map,
        ]

    def _changed(self, name: str) -> Callable[[Any], None]:
        def take(value: Any) -> None:
            if self._filling:
                return
            self._model.choose(**{name: value})
            if name not in ("across", "up"):
                self._show_pair()
                self._draw_turns()
            self._draw_map()

        return take

    def _show_pair(self) -> None:
        """Show which two they are: the best two change with what they are held against each other by."""
        self._filling = True
        try:
            for name, key in zip(("first", "second"), pair_of(self._model), strict=True):
                self.fields[name].value = key
        finally:
            self._filling = False

    def _draw_turns(self) -> None:
        """Say what was found first; the drawing takes longer, and follows."""
        turns = turns_of(self._model, *pair_of(self._model))
        listed = kit.el("ul", [kit.el("li", one) for one in turns.says]) if turns.says else None
        self._turns.show(kit.heading(turns.title, 3), listed)
        self._page.say(turns.title)
        # The picture's title says it from then on.
        unseen = kit.el("h3", turns.title, class_="ic-unseen")
        self._turns.show(unseen, drawn(turns.chart)[0], listed)

    def _draw_map(self) -> None:
        chart, title = drawn(partial(map_of, self._model, *pair_of(self._model)))
        self._map.show(kit.el("section", chart, aria_label=_("Two assumptions together")))
        self._page.say(title)
