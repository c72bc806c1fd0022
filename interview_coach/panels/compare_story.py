"""One story of the world that is compared: told as a policy goes through it, or handed on to be played."""

import secrets
from functools import partial
from typing import Any

import ipywidgets as widgets

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.panels import kit
from interview_coach.panels.compare_choice import number_of
from interview_coach.panels.compare_model import CompareModel, policy_name
from interview_coach.wording import number

__all__ = ["Story"]

_MOST = 2**31


class Story(widgets.VBox):
    """The fold with one story; it is made anew each time it is opened.

    Attributes
    ----------
    policy, number : Field
        As which policy, and which story.
    """

    def __init__(self, page: kit.Page, model: CompareModel) -> None:
        self._page, self._model = page, model
        self._notice, self._told, self._way = kit.Notice(), kit.Region(), kit.Region()
        self.policy = self.number = kit.text_input("")
        self.fold = kit.fold(_("Play one story"), make=self._made, where=self._notice)
        super().__init__([self.fold, self._notice])
        self.add_class("ic-region")

    def stale(self) -> None:
        """Take away what was told under other assumptions, and offer the policies of now."""
        if self.fold.open:
            self.fold.turn(True)

    def _made(self) -> list[Any]:
        found, choice = self._model.comparison, self._model.choice
        if found is None:
            return [kit.empty(_("Choose one or more above."), title=_("No policy is chosen"))]
        names = [(policy_name(policy), key) for key, policy in found.policies.items()]
        played = choice.played if choice.played in found.policies else names[0][1]
        self.policy = kit.dropdown(_("As which policy?"), names, played)
        self.number = kit.text_input(
            _("Number of the story"),
            choice.story,
            hint=_("The same number is the same story again."),
        )
        kit.on_change(self.policy, partial(self._chosen, "played"), self._notice)
        kit.on_change(self.number, partial(self._chosen, "story"), self._notice)
        self._told, self._way = kit.Region(), kit.Region()
        return [
            kit.text(
                _(
                    "Read how one call could go under a policy. Or play it yourself: on the page Practise "
                    "stands, beside the telephone, what the policy says to do next; you may do otherwise, "
                    "and are told at the end what that changed."
                ),
                soft=True,
            ),
            kit.columns(self.policy, self.number),
            kit.row(
                kit.button(_("Tell this story"), self._tell, where=self._notice),
                kit.button(_("Play it myself"), self._play, where=self._notice),
                kit.button(_("Play one I have not seen"), self._unseen, where=self._notice),
            ),
            self._way,
            self._told,
        ]

    def _chosen(self, name: str, value: str) -> None:
        self._model.choose(**{name: value})
        self._told.show()

    def _seed(self) -> int | None:
        value = number_of(self.number.value)
        good = value is not None and value == int(value) and 0 <= value < _MOST
        self.number.error = (
            ""
            if good
            else _("Write a whole number from {low} to {most}.").format(
                low=0, most=number(_MOST - 1)
            )
        )
        return int(value) if good and value is not None else None

    def _tell(self) -> None:
        """Play the story to its end, as the policy would."""
        seed, found = self._seed(), self._model.comparison
        if seed is None or found is None:
            return
        play = self._model.story(self.policy.value, seed)
        steps = [(play.scenario.at(one.minute), one.says) for one in play.events]
        self._told.show(
            kit.heading(
                _("Story {number}, as {policy}").format(
                    number=seed, policy=policy_name(found.policies[self.policy.value])
                ),
                3,
            ),
            kit.steps(steps),
            kit.small(_("One story of many: it shows what can happen, not what will.")),
        )
        said = ngettext(
            "Story {number} is told in {n} step.",
            "Story {number} is told in {n} steps.",
            len(steps),
        )
        self._page.say(said.format(number=seed, n=len(steps)))

    def _play(self) -> None:
        seed = self._seed()
        if seed is not None:
            self._hand_over(seed)

    def _unseen(self) -> None:
        self._hand_over(secrets.randbelow(_MOST))

    def _hand_over(self, seed: int) -> None:
        if self._model.comparison is None:
            raise KitError(_("No policy is chosen; choose one or more."))
        self._way.show()
        self._model.hand_over(self.policy.value, seed)
        self._notice.done(_("It waits for you on the page Practise."))
        self._way.show(
            kit.el(
                "p", kit.link_button(_("Go there and play it"), page="02_practice"), class_="ic-row"
            )
        )
