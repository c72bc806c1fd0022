"""Comparing policies, without widgets: what is chosen and assumed, and what that comes to."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from interview_coach.charts import Chart, policies_chart
from interview_coach.comparing import (
    SCENARIOS,
    Assumption,
    Assumptions,
    Comparison,
    Learnt,
    Policy,
    assume,
    cause_words,
    checked_values,
    compare,
    follow,
    headline,
    learn,
    load_policies,
    named,
    read_policies,
    sentences,
    short_name,
    that_day,
)
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.address import is_there
from interview_coach.panels.compare_choice import Choice, Draft, number_of
from interview_coach.panels.compare_own import Own, said
from interview_coach.panels.desk import Desk
from interview_coach.panels.practice_handed import HandedStory
from interview_coach.panels.practice_kept import Keeper
from interview_coach.playbook import PlaybookError, load_playbook
from interview_coach.simulation import Play, load_scenarios, run, start
from interview_coach.wording import three_digits

if TYPE_CHECKING:
    from interview_coach.playbook import Playbook

__all__ = ["CompareModel", "policy_name", "written"]

_PART = "compare"


class CompareModel:
    """The policies there are, what is assumed, and what each policy buys.

    Attributes
    ----------
    choice : Choice
        What is chosen and typed.
    policies : dict of str to Policy
        All there are for the chosen call, the coach's own last.
    comparison : Comparison or None
        What they come to; None where none is chosen.
    wrong : dict of str to str
        By assumption: what is wrong with what was typed.
    trouble : str
        Why not all of the coach's own policies are here; "" where they are, or there are none.

    Parameters
    ----------
    scenario : str
        Whose world to begin with, where the desk kept no choice.
    log : str
        The outcome log; it is read, never made here.
    house : str
        The coach's ``coach.toml``.
    desk : Desk
        Keeps the choice.
    folder : path
        The work folder, for policies of the coach's own.

    Raises
    ------
    KitError
        If the playbook or the log cannot be read, or there is no such scenario.
    """

    def __init__(
        self,
        scenario: str = Choice.scenario,
        log: str = "",
        house: str = "coach.toml",
        desk: Desk | None = None,
        folder: str | Path = ".",
    ) -> None:
        if scenario not in SCENARIOS:
            raise KitError(
                _("There is no comparison for {name}; use one of {names}.").format(
                    name=repr(scenario[:60]), names=", ".join(SCENARIOS)
                )
            )
        self.desk, self.own = desk or Desk(""), Own(Path(folder))
        self.playbook: Playbook = load_playbook(house)
        self.scenarios = load_scenarios(self.playbook)
        self.log, self.calls = log, _missed(log)
        self.policies: dict[str, Policy] = {}
        self.wrong: dict[str, str] = {}
        self.trouble = ""
        self.comparison: Comparison | None = None
        kept = self.desk.read(_PART)
        self.choice = Choice(scenario=scenario)
        with suppress(TypeError, ValueError, KeyError, AttributeError):
            # Kept by another version: the usual choice is no loss.
            if kept and scenario == Choice.scenario:
                self.choice = Choice.taken(kept)
        self._shipped = cache(self._load)
        self._reckon()

    # ------------------------------------------------------------------ what is chosen

    def choose(self, **values: Any) -> None:
        """Choose something else; the names are those of `Choice`.

        Raises
        ------
        KitError
            If the choice cannot be kept.
        """
        before, self.choice = self.choice, replace(self.choice, **values)
        if any(
            getattr(before, name) != getattr(self.choice, name)
            for name in ("scenario", "left_out", "days", "use_log", "typed")
        ):
            self._reckon()
        self.desk.keep(_PART, self.choice.kept())

    def draft(self, **values: Any) -> None:
        """Keep what is typed of a policy that is being built."""
        self.choose(draft=replace(self.choice.draft, **values))

    def take(self, key: str, *, wanted: bool) -> None:
        """Take a policy into the comparison, or leave it out."""
        others = tuple(one for one in self.choice.left_out if one != key)
        self.choose(left_out=others if wanted else (*others, key))

    def type_in(self, name: str, text: str) -> None:
        """Type something in place of an assumption's value; nothing is its value again."""
        own = {key: value for key, value in self.typed.items() if key != name}
        if text.strip() and number_of(text) != self.usual.values[name]:
            own[name] = text
        self.choose(typed={**self.choice.typed, self.choice.scenario: own})

    def type_all(self, typed: Mapping[str, str]) -> None:
        """Type these over the assumptions of this call, and nothing else."""
        self.choose(typed={**self.choice.typed, self.choice.scenario: dict(typed)})

    def as_shipped(self) -> None:
        """Take away all that was typed over the assumptions of this call."""
        self.type_all({})

    @property
    def in_force(self) -> dict[str, float]:
        """What was typed and holds, by assumption; what a log says is not in it."""
        usual = self.usual
        values = self._assumed(usual).values
        return {
            name: values[name] for name in self.typed if values.get(name) != usual.values.get(name)
        }

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed over the assumptions of this call."""
        return self.choice.typed.get(self.choice.scenario, {})

    @property
    def usual(self) -> Assumptions:
        """The assumptions of this call as they are shipped."""
        return self._shipped(self.choice.scenario)[0]

    @property
    def synthetic(self) -> bool:
        """Whether what is found rests on a log of which some calls are made up."""
        learnt = self.learnt
        if learnt is None or not learnt.enough or self.calls is None:
            return False
        return bool(self.calls["synthetic"].astype("bool").any())

    @property
    def learnt(self) -> Learnt | None:
        """What the log says; None without one, or where it is not asked."""
        return self.comparison.learnt if self.comparison is not None else None

    # ------------------------------------------------------------------ policies of one's own

    def add(self) -> str:
        """Make a policy of the draft, and compare it with the others; gives its id.

        Raises
        ------
        DraftError
            With what is wrong with the draft, by field.
        KitError
            If it cannot be kept.
        """
        scenario = self.scenarios[self.choice.scenario]
        policy = self.own.add(self.choice.draft, self.playbook, scenario, self.policies)
        self.take(policy.id, wanted=True)
        self._reckon()
        self.choose(draft=Draft())
        return policy.id

    def remove(self, key: str) -> str:
        """Take a policy of the coach's own out; gives what `put_back` takes."""
        before = self.own.remove(key)
        self._reckon()
        return before

    def put_back(self, before: str) -> None:
        """Put a policy back that was taken out."""
        self.own.put_back(before)
        self._reckon()

    @property
    def of_own(self) -> dict[str, Policy]:
        """The coach's own policies."""
        shipped = self._shipped(self.choice.scenario)[1]
        return {key: one for key, one in self.policies.items() if key not in shipped}

    # ------------------------------------------------------------------ one story

    def story(self, key: str, seed: int) -> Play:
        """Play one story of this world to its end, as a policy would."""
        found = self.comparison
        assert found is not None
        return run(found.assumptions.scenario(), seed, follow(found.plans[key]), self.playbook)

    def hand_over(self, key: str, seed: int) -> None:
        """Let a story of this world wait on the practice page, with the policy to be played beside it.

        Raises
        ------
        KitError
            If there is no log to keep it in, or another call waits there.
        """
        found = self.comparison
        assert found is not None
        keeper = Keeper(self.playbook, self.scenarios, self.log, "me")
        if not self.log:
            raise KitError(_("There is no log in which the practice page could find it; name one."))
        if keeper.unfinished() is not None:
            raise KitError(
                _("A call of yours waits in Practise already; end it or put it aside first.")
            )
        policy, usual = found.policies[key], self.usual.values
        values = {name: one for name, one in found.assumptions.values.items() if one != usual[name]}
        story = HandedStory.of(policy_name(policy), policy, values)
        keeper.begin(start(found.assumptions.scenario(), seed, "plain"), (), None, story)

    # ------------------------------------------------------------------ what it comes to

    def _load(self, key: str) -> tuple[Assumptions, dict[str, Policy]]:
        scenario = self.scenarios[key]
        return assume(scenario), load_policies(self.playbook, scenario)

    def _reckon(self) -> None:
        usual, shipped = self._shipped(self.choice.scenario)
        own = self._own(usual)
        self.policies = {**shipped, **{key: one for key, one in own.items() if key not in shipped}}
        chosen = {key: one for key, one in self.policies.items() if key not in self.choice.left_out}
        assumptions = self._assumed(usual)
        self.comparison = None
        if chosen:
            learnt = None
            if self.calls is not None and self.choice.use_log:
                learnt = learn(assumptions, self.calls)
            self.comparison = compare(
                assumptions, chosen, self.playbook, within=self.choice.days, learnt=learnt
            )

    def _own(self, usual: Assumptions) -> dict[str, Policy]:
        """Read the coach's own policies; what is wrong with one is said, and the others are there."""
        self.trouble = ""
        if not self.own.path.exists() or self.own.path.read_bytes().strip() == b"":
            return {}
        found = read_policies(self.playbook, usual.base, self.own.path)
        if found.faults:
            left = _("Your own policies are left out.")
            if found.policies:
                left = _("Of your own policies only {names} can be compared here.").format(
                    names=", ".join(found.policies)
                )
            self.trouble = " ".join((left, *map(str, found.faults)))
        return found.policies

    def _assumed(self, usual: Assumptions) -> Assumptions:
        """Lay what was typed over the assumptions, as far as it is possible."""
        self.wrong, values = {}, dict[str, float]()
        for name, text in self.typed.items():
            if name not in usual.about:
                continue
            value = number_of(text)
            if value is None:
                self.wrong[name] = _("{value} is no number; write one such as 20 or 0.4.").format(
                    value=repr(text.strip()[:20])
                )
            else:
                values[name] = value
        while values:
            try:
                return checked_values(usual, values)
            except PlaybookError as error:
                for fault in error.faults:
                    names = [f"{fault.where}.{fault.field}"] if fault.where else list(values)
                    for name in names:
                        self.wrong[name] = said(fault)
                        values.pop(name, None)
        return usual

    def says(self) -> list[str]:
        """Say what was found, beginning with what it rests on."""
        assert self.comparison is not None
        return sentences(self.comparison, self.playbook)

    def chart(self) -> Chart:
        """Draw what each policy buys."""
        found = self.comparison
        assert found is not None
        rows = [
            {
                "policy": policy_name(found.policies[key]),
                "waiting_minutes": one.waiting_minutes.value,
                "calls": one.calls.value,
                **{
                    f"{name}{end}": getattr(getattr(one, name), part)
                    for name in ("connected", "completed")
                    for end, part in (("", "value"), ("_low", "low"), ("_high", "high"))
                },
            }
            for key, one in found.answers.items()
        ]
        return policies_chart(
            pd.DataFrame(rows),
            title=headline(found),
            within=found.within,
            day=that_day(found.assumptions),
            synthetic=self.synthetic,
        )

    def label(self, name: str) -> str:
        """Name an assumption in words."""
        return named(name, self.usual, self.playbook)

    @property
    def causes(self) -> dict[str, str]:
        """The causes of this call, in words."""
        return cause_words(self.usual, self.playbook)


def policy_name(policy: Policy) -> str:
    """Name a policy in words, with the short name that sentences use."""
    short, says = short_name(policy.id), policy.says.lower()
    same = {says, says.removeprefix("the ").replace(" ", "-")} & {short.lower(), policy.id.lower()}
    return policy.says if same else _("{name}: {says}").format(name=short, says=policy.says)


def written(value: float, about: Assumption) -> str:
    """Write an assumption's value as it is typed."""
    return f"{round(value)}" if about.whole else three_digits(value)


def _missed(log: str) -> pd.DataFrame | None:
    """Read the missed calls of a log; None where there is none."""
    from interview_coach.outcomes import calls_of

    if not log or not is_there(log):
        return None
    calls = calls_of(log)[0]
    return calls[(calls["state"] == "missed").fillna(False).astype(bool)]
