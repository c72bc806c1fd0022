"""What a coach's own calls say: conjugate sums, with the prior and n beside them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from interview_coach.comparing import (
    ENOUGH,
    Assumptions,
    Policy,
    assume,
    compare,
    exact,
    learn,
    load_policies,
    plan_of,
    sentences,
)
from interview_coach.comparing.from_log import PRIOR_CASES
from interview_coach.outcomes import OutcomeLog
from interview_coach.outcomes.sample import sample_calls
from interview_coach.playbook import Playbook
from interview_coach.simulation import Scenario

AT = pd.Timestamp("2026-03-05T14:00Z")


def calls(**counts: int) -> pd.DataFrame:
    """Missed calls of the interviewer's, so many of each cause; those of `overran` late by 30."""
    rows = [
        {
            **{"state": "missed", "missed_by": "interviewer_no_call", "caller": "interviewer"},
            **{"channel": "phone", "cause": cause, "scheduled_at": AT},
            "reconnected_at": AT + pd.Timedelta(minutes=30) if cause == "overran" else pd.NaT,
        }
        for cause, count in counts.items()
        for _ in range(count)
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(reconnected_at=pd.to_datetime(frame["reconnected_at"], utc=True))


def test_the_mix_is_the_prior_s_cases_and_the_log_s_together(silent: Assumptions) -> None:
    learnt = learn(silent, calls(overran=10, forgot=20, emergency=10))
    assert (learnt.cases, learnt.left_out, learnt.enough) == (40, 0, True)
    weights = {cause.code: cause.weight for cause in silent.base.cause}
    counts = {"overran": 10, "forgot": 20, "emergency": 10}
    for share in learnt.mix:
        prior = weights[share.cause] / sum(weights.values())
        a = PRIOR_CASES * prior + counts.get(share.cause, 0)
        b = PRIOR_CASES + 40 - a
        assert (share.prior, share.n, share.N) == (prior, counts.get(share.cause, 0), 40)
        assert share.value == pytest.approx(a / (a + b), abs=1e-12)
        # One share of a Dirichlet is a Beta: SciPy's quantiles, within what 4,000 draws scatter.
        assert share.low == pytest.approx(stats.beta.ppf(0.025, a, b), abs=0.01)
        assert share.high == pytest.approx(stats.beta.ppf(0.975, a, b), abs=0.015)
        assert learnt.assumptions.values[f"{share.cause}.weight"] == share.value


def test_the_lateness_is_a_gamma_s(silent: Assumptions) -> None:
    learnt = learn(silent, calls(overran=ENOUGH))
    late = next(delay for delay in learnt.delays if delay.cause == "overran")
    prior = (7 + 36) / 2
    assert (late.prior, late.n) == (prior, ENOUGH)
    shape, total = PRIOR_CASES + 1 + ENOUGH, PRIOR_CASES * prior + ENOUGH * 30
    assert late.value == pytest.approx(total / (shape - 1), abs=1e-12)
    assert late.low == pytest.approx(total / stats.gamma.ppf(0.975, shape), rel=0.03)
    assert late.high == pytest.approx(total / stats.gamma.ppf(0.025, shape), rel=0.03)
    values, factor = learnt.assumptions.values, late.value / prior
    assert values["overran.free_to"] == round(36 * factor)
    assert values["overran.free_from"] == round(7 * factor)


def test_a_quick_log_does_not_let_them_ring_before_the_story_opens(silent: Assumptions) -> None:
    frame = calls(overran=300)
    soon = learn(silent, frame.assign(reconnected_at=AT + pd.Timedelta(minutes=2)))
    assert soon.assumptions.values["overran.free_from"] == silent.base.opens + 1


def test_under_thirty_cases_the_assumptions_stay_and_the_page_says_so(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    few = learn(silent, calls(overran=ENOUGH - 1))
    assert (few.cases, few.enough, few.assumptions.cases) == (ENOUGH - 1, False, 0)
    assert few.assumptions.values == silent.values
    found = compare(silent, policies, playbook, learnt=few)
    assert "assumptions, not your data: your log holds 29 cases" in sentences(found, playbook)[0]
    assert found.answers["F4"].connected.low == found.answers["F4"].connected.high
    assert learn(silent, calls(overran=ENOUGH)).enough


def test_only_missed_calls_of_this_kind_count_and_unknown_causes_are_told(
    silent: Assumptions,
) -> None:
    frame = calls(overran=31, ill=4)
    other = frame.head(3).assign(missed_by="candidate")
    video = frame.head(3).assign(channel="video")
    kept = frame.head(3).assign(state="completed", missed_by=None)
    unknown = frame.head(2).assign(cause=None)
    learnt = learn(silent, pd.concat([frame, other, video, kept, unknown], ignore_index=True))
    assert (learnt.cases, learnt.left_out) == (31, 6)


def test_an_empty_log_says_nothing(silent: Assumptions) -> None:
    learnt = learn(silent, calls(overran=1).head(0))
    assert (learnt.cases, learnt.left_out, learnt.enough) == (0, 0, False)
    assert [share.value for share in learnt.mix] == pytest.approx(
        [share.prior for share in learnt.mix]
    )


def test_what_is_calculated_from_a_log_has_the_interval_that_the_log_leaves(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    def connected(scale: int) -> tuple[float, float, float]:
        learnt = learn(silent, calls(overran=10 * scale, forgot=10 * scale, emergency=20 * scale))
        found = compare(silent, {"F4": policies["F4"]}, playbook, learnt=learnt)
        figure = found.answers["F4"].connected
        assert found.assumptions.cases == 40 * scale
        return figure.low, figure.value, figure.high

    few, many = connected(1), connected(20)
    assert few[0] < few[1] < few[2]
    assert many[2] - many[0] < (few[2] - few[0]) / 3


def test_the_interval_of_a_mix_is_that_of_the_figures_it_gives(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    learnt = learn(silent, calls(overran=20, forgot=10, emergency=10))
    one = replace(learnt, draws=learnt.draws[:1])
    found = compare(silent, {"F4": policies["F4"]}, playbook, learnt=one).answers["F4"]
    codes = list(silent.causes.numbers)
    mix = dict(zip((f"{code}.weight" for code in codes), one.draws[0], strict=True))
    there = compare(learnt.assumptions.having(mix), {"F4": policies["F4"]}, playbook).answers["F4"]
    for name in ("connected", "completed", "waiting_minutes", "calls", "goodwill"):
        figure, value = getattr(found, name), getattr(there, name).value
        assert np.min(np.abs(np.array([figure.low, figure.high]) - value)) < 1e-9


def test_the_frame_of_a_log_is_understood(silent: Assumptions, tmp_path: Path) -> None:
    with OutcomeLog.open(str(tmp_path / "outcomes.db")) as log:
        learnt = learn(silent, log.calls())
    assert learnt.cases == 0
    assert learn(silent, sample_calls()).cases > 0


def test_the_interval_carries_what_is_not_known_of_the_delays_too(
    silent: Assumptions, policies: Mapping[str, Policy], playbook: Playbook
) -> None:
    learnt = learn(silent, calls(overran=ENOUGH, forgot=10, emergency=10))
    assert list(learnt.late) == ["overran"]
    found = compare(silent, {"F4": policies["F4"]}, playbook, learnt=learnt).answers["F4"]
    alone = replace(learnt, late={})
    of_mix = compare(silent, {"F4": policies["F4"]}, playbook, learnt=alone).answers["F4"]
    # The same figures laid out draw by draw: a mix, a delay, and the exact answer under both.
    late, codes = learnt.late["overran"], list(silent.causes.numbers)
    plan = plan_of(policies["F4"], playbook, silent.base)
    figures = ("connected", "completed", "waiting_minutes")
    drawn: dict[str, list[float]] = {name: [] for name in figures}
    for mix, time in zip(learnt.draws[:600], late.times[:600], strict=True):
        values = dict(zip((f"{code}.weight" for code in codes), mix, strict=True))
        values |= late.spans(silent, "overran", float(time))
        one = exact(learnt.assumptions.having(values), plan)
        for name in figures:
            drawn[name].append(getattr(one, name).value)
    for name in figures:
        figure = getattr(found, name)
        low, high = np.quantile(drawn[name], [0.025, 0.975])
        width = figure.high - figure.low
        # 600 draws scatter their quantiles by about a tenth of the interval.
        assert figure.low == pytest.approx(low, abs=width / 7)
        assert figure.high == pytest.approx(high, abs=width / 7)
        assert figure.low <= figure.value <= figure.high
    waits = (found.waiting_minutes, of_mix.waiting_minutes)
    assert waits[0].high - waits[0].low > 1.05 * (waits[1].high - waits[1].low)


def test_a_delay_is_carried_to_the_span_that_it_stretches(silent: Assumptions) -> None:
    learnt = learn(silent, calls(overran=ENOUGH))
    late, values = learnt.late["overran"], learnt.assumptions.values
    delay = next(one for one in learnt.delays if one.cause == "overran")
    spans = late.spans(silent, "overran", delay.value)
    assert spans == {name: values[name] for name in ("overran.free_from", "overran.free_to")}
    assert late.spans(silent, "overran", delay.prior) == {
        "overran.free_from": 7,
        "overran.free_to": 36,
    }


def test_a_video_call_nobody_joined_has_cases_of_its_own(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    video = assume(scenarios["video_nobody_joins"])
    frame = calls(overran=ENOUGH, other=20)
    assert learn(video, frame).cases == 0
    learnt = learn(video, frame.assign(channel="video"))
    assert (learnt.cases, learnt.enough, list(learnt.late)) == (50, True, ["overran"])
    found = compare(video, load_policies(playbook, video.base), playbook, learnt=learnt)
    seventh = found.answers["F7"].connected
    assert seventh.low < seventh.value < seventh.high


def test_of_a_miss_of_one_s_own_a_log_tells_the_reason_and_not_where_they_were(
    scenarios: Mapping[str, Scenario], playbook: Playbook
) -> None:
    own = assume(scenarios["phone_on_silent"])
    frame = calls(other=40, overran=3).assign(missed_by="candidate")
    learnt = learn(own, frame)
    assert (learnt.cases, learnt.left_out, learnt.enough, learnt.tells) == (0, 43, False, False)
    assert learnt.assumptions.values == own.values
    found = compare(own, load_policies(playbook, own.base), playbook, learnt=learnt)
    assert sentences(found, playbook)[0] == (
        "“Your phone was on silent”: assumptions, not your data: your log holds 43 cases of this kind, "
        "and cannot say where the interviewer was by then."
    )
    assert found.answers["F8"].completed.low == found.answers["F8"].completed.high
