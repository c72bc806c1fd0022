"""Policies side by side: one call that every page and command asks, calculated or simulated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from interview_coach.comparing.assumptions import Assumptions
from interview_coach.comparing.batch import Batch, simulate
from interview_coach.comparing.days import Floats
from interview_coach.comparing.exact import FIGURES, WITHIN, Answer, Figure, exact, world
from interview_coach.comparing.from_log import Learnt
from interview_coach.comparing.policies import Plan, Policy, plan_of
from interview_coach.comparing.soundness import checked
from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.playbook import Playbook

__all__ = ["METHODS", "Comparison", "Method", "as_dict", "compare"]

Method = Literal["exact", "monte-carlo"]
_NODES = (0, 0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1)  # of a delay's draws
METHODS: tuple[Method, ...] = ("exact", "monte-carlo")


@dataclass(frozen=True)
class Comparison:
    """Policies side by side under one set of assumptions.

    Attributes
    ----------
    plans : mapping of str to Plan
        Each policy on the clock.
    answers : mapping of str to Answer
        What each buys.
    within : int
        Days within which an interview counts as completed.
    learnt : Learnt or None
        What a log said, where there is one.
    batch : Batch or None
        The runs, where it was simulated.
    """

    assumptions: Assumptions
    policies: Mapping[str, Policy]
    plans: Mapping[str, Plan]
    answers: Mapping[str, Answer]
    within: int
    learnt: Learnt | None = None
    batch: Batch | None = None


def compare(
    assumptions: Assumptions,
    policies: Mapping[str, Policy],
    playbook: Playbook,
    *,
    method: Method = "exact",
    within: int = WITHIN,
    learnt: Learnt | None = None,
    runs: int = 1_000_000,
    seed: int = 0,
    narrow: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    processes: int = 1,
) -> Comparison:
    """Set policies side by side.

    Parameters
    ----------
    assumptions : Assumptions
    policies : mapping of str to Policy
        By id; the first is what differences are taken from.
    method : {"exact", "monte-carlo"}
        Calculated, or simulated with `runs`, `seed`, `narrow`, `progress` and `processes` as in
        `simulate`.
    within : int
        Days within which an interview counts as completed.
    learnt : Learnt, optional
        What a log said; its assumptions take the place of those given, and where it holds enough
        cases, what is calculated has the interval that the log leaves to the mix of causes and to
        the delays.

    Raises
    ------
    KitError
        If there is no policy, one cannot be followed, or a number is not possible.
    """
    if not policies:
        raise KitError(_("There is no policy to compare; name one at least."))
    if within < 0:
        raise KitError(
            _("Completed within {within} days is not possible; use 0 or more.").format(
                within=within
            )
        )
    used = learnt.assumptions if learnt is not None else assumptions
    plans = {
        key: plan_of(checked(policy, playbook, used.base), playbook, used.base)
        for key, policy in policies.items()
    }
    batch = None
    if method == "monte-carlo":
        batch = simulate(used, plans, runs, seed, within, narrow, progress, processes)
    day = world(used)
    answers = {}
    for key, plan in plans.items():
        found = exact(used, plan, within, day)
        if batch is not None:
            found = replace(batch.answers[key], by_cause=found.by_cause, curve=found.curve)
        elif learnt is not None and learnt.enough:
            found = _unsure(found, learnt, plan, within)
        answers[key] = found
    return Comparison(used, policies, plans, answers, within, learnt, batch)


def _unsure(answer: Answer, learnt: Learnt, plan: Plan, within: int) -> Answer:
    """Add the 95% interval that follows from not knowing the causes and delays better than the log.

    Every figure is a mean over the causes, so that a mix needs no more than a product.
    """
    mixes = learnt.draws
    alone = [_alone(learnt, code, plan, within) for code in learnt.assumptions.causes.numbers]
    unsure: dict[str, Any] = {}
    for number, name in enumerate(FIGURES):
        values = sum(mixes[:, place] * one[:, number] for place, one in enumerate(alone))
        low, high = np.quantile(values, [0.025, 0.975])
        value = getattr(answer, name).value
        unsure[name] = Figure(value, min(value, float(low)), max(value, float(high)))
    return replace(answer, **unsure)


def _alone(learnt: Learnt, code: str, plan: Plan, within: int) -> Floats:
    """Give the figures under one cause alone, in each draw of its delay; shape (draws or 1, figures)."""
    assumptions = learnt.assumptions
    only = {f"{one}.weight": float(one == code) for one in assumptions.causes.numbers}

    def figures(more: Mapping[str, float]) -> list[float]:
        found = exact(assumptions.having({**only, **more}), plan, within)
        return [getattr(found, name).value for name in FIGURES]

    if code not in learnt.late:
        return np.array([figures({})])
    late = learnt.late[code]
    times = late.times[: len(learnt.draws)]
    # Between a few delays the figures run nearly straight.
    nodes = np.quantile(late.times, _NODES)
    known = np.array([figures(late.spans(assumptions, code, time)) for time in nodes])
    return np.column_stack([np.interp(times, nodes, column) for column in known.T])


def _steps(plan: Plan) -> list[dict[str, Any]]:
    return [{"at": minute, "do": do} for minute, do in plan.acts]


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """Write a comparison for machines.

    Returns
    -------
    dict
        `assumptions`, `method`, `runs`, `stopped`, `within_days`, `log` (what was learnt, or None),
        `differences` (each simulated policy minus the first, in the same runs) and `policies`.
    """
    assumptions, batch, learnt = comparison.assumptions, comparison.batch, comparison.learnt
    return {
        "assumptions": {
            "scenario": assumptions.base.id,
            "cases": assumptions.cases,
            "values": {
                name: {
                    "value": assumptions.values[name],
                    "unit": about.unit,
                    "says": about.says,
                    "range": [about.low, about.high],
                    "source": about.source,
                }
                for name, about in assumptions.about.items()
            },
        },
        "method": "exact" if batch is None else "monte-carlo",
        "runs": 0 if batch is None else batch.runs,
        "stopped": batch is not None and batch.stopped,
        "within_days": comparison.within,
        "log": None
        if learnt is None
        else {
            "cases": learnt.cases,
            "left_out": learnt.left_out,
            "used": learnt.enough,
            "mix": [vars(share) for share in learnt.mix],
            "delays": [vars(delay) for delay in learnt.delays],
        },
        "differences": {}
        if batch is None
        else {
            key: {name: vars(figure) for name, figure in found.items()}
            for key, found in batch.differences.items()
        },
        "policies": [
            {
                "name": key,
                "says": policy.says,
                "source": list(policy.source),
                "steps": [{"at": minute, "do": do} for minute, do in comparison.plans[key].acts],
                **{name: vars(getattr(comparison.answers[key], name)) for name in FIGURES},
                "by_cause": dict(comparison.answers[key].by_cause),
            }
            for key, policy in comparison.policies.items()
        ],
    }
