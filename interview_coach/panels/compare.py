"""Comparing policies: what each buys under assumptions, what would change that, and policies of one's own."""

from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.comparing import ENOUGH, SCENARIOS, headline
from interview_coach.comparing.from_log import PRIOR_CASES
from interview_coach.errors import KitError
from interview_coach.language import N_, _, ngettext, pgettext
from interview_coach.panels import kit
from interview_coach.panels.compare_assumed import Assumed
from interview_coach.panels.compare_change import Change
from interview_coach.panels.compare_choice import Choice
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.panels.compare_new import New
from interview_coach.panels.compare_runs import Runs
from interview_coach.panels.compare_story import Story
from interview_coach.panels.desk import Desk
from interview_coach.panels.drawing import drawn
from interview_coach.wording import counted, number, of_total, percent

__all__ = ["compare_panel"]

_LEAD = N_(
    "Advisers disagree on when to call, how long to hold and how to apologise. See what each rule buys, "
    "and for whom it does not matter."
)


@kit.panel
def compare_panel(
    scenario: str = Choice.scenario,
    log: str = "outcomes.db",
    house: str = "coach.toml",
    desk: str = "",
) -> kit.Page:
    """Show the page on which policies are compared.

    Parameters
    ----------
    scenario : str
        Whose world to begin with: one of `SCENARIOS`, such as ``silent_phone``.
    log : str
        The outcome log, as a file or a URL, whose missed calls take the place of the assumptions
        where it holds enough; "" for none. It is read, never made here.
    house : str
        The coach's ``coach.toml``; not there means no house rules.
    desk : str
        The file that keeps what was chosen and typed; "" keeps nothing.
    """
    page = kit.page(_("Which policy works better?"), _(_LEAD), current="compare")
    page.explain(stays=True)
    try:
        model = page.model = CompareModel(scenario, log, house, Desk(desk))
        page.body.show(Comparing(page, model))
    except KitError as problem:
        page.body.show(kit.error(str(problem), title=_("Nothing can be compared yet")))
    return page


class Comparing(widgets.VBox):
    """What was found, what is compared, and all that it rests on.

    Attributes
    ----------
    fields : dict of str to Field
        By the name of what they choose.
    policies : dict of str to Field
        The ticks of the policies, by id.
    assumed, change, new, story, runs
        The parts that are folded away.
    """

    def __init__(self, page: kit.Page, model: CompareModel) -> None:
        self._page, self._model = page, model
        self._notice = kit.Notice()
        self._found, self._chart, self._log = kit.Region(), kit.Region(), kit.Region()
        choice = model.choice
        titles = [(model.scenarios[key].title, key) for key in SCENARIOS]
        self.fields = {
            "scenario": kit.dropdown(_("Which call?"), titles, choice.scenario),
            "days": kit.number_input(_("Completed within (days)"), choice.days, high=365),
        }
        for name, field in self.fields.items():
            kit.on_change(field, self._changed(name), self._notice)
        self.use_log = kit.checkbox(_("Use my log where it holds enough cases"), choice.use_log)
        kit.on_change(self.use_log, self._changed("use_log"), self._notice)
        self.policies: dict[str, kit.Field] = {}
        self._which = kit.fold(_("Which policies?"), make=self._ticks, where=self._notice)
        self.assumed = Assumed(model, self._reckoned, self._notice)
        self.change = Change(page, model)
        self.new = New(page, model, self._built)
        self.story = Story(page, model)
        self.runs = Runs(page, model)
        self._from_log = kit.fold(_("From my log"), self.use_log, self._log)
        beside = kit.columns(self._found, self._chart)
        beside.add_class("ic-columns-chart")
        super().__init__(
            [
                beside,
                kit.card(kit.columns(*self.fields.values()), self._which, self._notice),
                kit.card(
                    self.assumed, self._from_log, self.change, self.new, self.story, self.runs
                ),
            ]
        )
        self.add_class("ic-region")
        self.draw()

    def draw(self) -> None:
        """Show what is compared: first in words, then drawn."""
        model = self._model
        found = model.comparison
        chosen = len(model.policies) - len(set(model.choice.left_out) & set(model.policies))
        words = _("Which policies? ({n} of {total} chosen)")
        words = words.format(n=chosen, total=len(model.policies))
        self._which.button.description = words
        if found is None:
            self._found.show(
                kit.heading(_("No policy is chosen")),
                kit.empty(_("Choose one or more below."), title=_("Nothing to compare yet")),
            )
            self._chart.show()
            return
        basis, *middle, no_forecast = model.says()
        wrong = len(model.wrong)
        self._found.show(
            kit.el(
                "section",
                # The picture's title says it already.
                kit.el("h2", headline(found), class_="ic-unseen"),
                kit.el("p", self._tag()),
                kit.el("p", basis),
                [kit.el("p", one) for one in middle],
                kit.el("p", kit.el("b", no_forecast)),
                kit.el(
                    "p",
                    counted(
                        wrong,
                        "{n} assumption could not be read as typed and stays as shipped: see below.",
                        "{n} assumptions could not be read as typed and stay as shipped: see below.",
                    ),
                )
                if wrong
                else None,
                kit.el("p", model.trouble) if model.trouble else None,
                aria_label=_("What was found"),
            )
        )
        self._chart.show(
            kit.el(
                "section",
                drawn(model.chart)[0],
                aria_label=_("The policies beside each other"),
                class_="ic-tight",
            )
        )
        self._log.show(*self._of_log())

    def _tag(self) -> kit.Html:
        learnt = self._model.learnt
        if learnt is not None and learnt.enough:
            used = counted(learnt.cases, "your log: {n} case", "your log: {n} cases")
            made_up = kit.tag(_("synthetic data"), "amber") if self._model.synthetic else ""
            return kit.join([kit.tag(used, "blue"), " ", made_up])
        return kit.tag(_("assumptions, not your data"), "amber")

    def _of_log(self) -> list[Any]:
        """Say what the log told, with the assumed figures beside it."""
        model, learnt = self._model, self._model.learnt
        if learnt is None:
            words = (
                _("Your log is not used now: all is assumed.")
                if model.calls is not None
                else _(
                    "There is no log yet. With {n} missed calls whose cause you noted, your log takes "
                    "the place of the assumed causes."
                ).format(n=ENOUGH)
            )
            return [kit.text(words, soft=True)]
        if not learnt.tells:
            words = counted(
                learnt.left_out,
                "Your log holds {n} call of this kind, missed on your side. It tells the reason, and "
                "not where the interviewer was by then: that stays assumed.",
                "Your log holds {n} calls of this kind, missed on your side. It tells the reason, and "
                "not where the interviewer was by then: that stays assumed.",
            )
            return [kit.text(words, soft=True)]
        names = model.causes
        said = (
            _("They are used; the assumed mix counts as much as {n} cases beside them.").format(
                n=PRIOR_CASES
            )
            if learnt.enough
            else _("{n} are needed; until then the assumptions stay.").format(n=ENOUGH)
        )
        with_ends = _("{value} ({low} to {high})")
        rows = [
            (
                names.get(one.cause, one.cause),
                percent(one.prior),
                of_total(one.n, one.N),
                with_ends.format(
                    value=percent(one.value), low=percent(one.low), high=percent(one.high)
                ),
            )
            for one in learnt.mix
        ]
        late = [
            (
                names.get(one.cause, one.cause),
                number(one.prior),
                str(one.n),
                with_ends.format(
                    value=number(one.value), low=number(one.low), high=number(one.high)
                ),
            )
            for one in learnt.delays
        ]
        assumed = pgettext("over a column of values", "assumed")
        together = _("assumed and counted together (95% interval)")
        return [
            kit.text(
                ngettext(
                    "Your log holds {n} missed call of this kind with a cause that this call knows, and "
                    "{more} more without. {then}",
                    "Your log holds {n} missed calls of this kind with a cause that this call knows, and "
                    "{more} more without. {then}",
                    learnt.cases,
                ).format(n=number(learnt.cases), more=learnt.left_out, then=said)
            ),
            kit.table(
                (_("cause"), assumed, _("counted"), together), rows,
                caption=_("How often each is the reason"),
                numbers=3,
            ),
            kit.table(
                (_("cause"), assumed, _("cases"), together), late,
                caption=_("Minutes until they could be reached, on average"), numbers=3,
            ),
        ]  # fmt: skip

    def _ticks(self) -> list[Any]:
        model = self._model
        self.policies = {}
        for key, policy in model.policies.items():
            tick = kit.checkbox(policy_name(policy), key not in model.choice.left_out)
            kit.on_change(tick, partial(self._ticked, key), self._notice)
            self.policies[key] = tick
        all_of_them = partial(self._all, wanted=True)
        return [
            kit.columns(*_halves(list(self.policies.values()))),
            kit.row(
                kit.button(_("All of them"), all_of_them, where=self._notice),
                kit.button(_("None of them"), partial(self._all, wanted=False), where=self._notice),
            ),
        ]

    def _ticked(self, key: str, wanted: Any) -> None:
        if wanted == (key in self._model.choice.left_out):
            self._model.take(key, wanted=wanted)
            self._reckoned()

    def _all(self, *, wanted: bool) -> None:
        self._model.choose(left_out=() if wanted else tuple(self._model.policies))
        for tick in self.policies.values():
            tick.value = wanted
        self._reckoned()

    def _changed(self, name: str) -> Callable[[Any], None]:
        def take(value: Any) -> None:
            self._model.choose(**{name: value})
            if name == "scenario":
                self.assumed.draw()
                self.new.list()
                self._which.turn(self._which.open)
            self._reckoned()

        return take

    def _reckoned(self) -> None:
        """Show what changed, the answer first, and have it said."""
        self.draw()
        found = self._model.comparison
        self._page.say(headline(found) if found is not None else _("No policy is chosen."))
        self.change.stale()
        self.story.stale()
        self.runs.stale()

    def _built(self) -> None:
        self._which.turn(self._which.open)
        self._reckoned()


def _halves(parts: list[Any]) -> tuple[kit.Region, kit.Region]:
    middle = (len(parts) + 1) // 2
    return kit.Region(*parts[:middle]), kit.Region(*parts[middle:])
