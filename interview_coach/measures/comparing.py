"""What stands out over time, and how far groups differ: signals of a p-chart, and differences."""

from itertools import combinations

import numpy as np
import pandas as pd

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.measures.intervals import newcombe, ordinary_noise
from interview_coach.wording import FEW

__all__ = ["ABOVE", "BELOW", "HANDFUL", "NOISE", "TOO_FEW", "differences", "signals"]

ABOVE, BELOW, NOISE, TOO_FEW = "above", "below", "ordinary noise", "few cases"  # unmarked: keys
# When more groups than this are compared, the report says how many comparisons there were.
HANDFUL = 5


def signals(rates: pd.DataFrame, overall: float | None = None) -> pd.DataFrame:
    """Say which rates lie beyond ordinary noise: the points outside the limits of a p-chart.

    Parameters
    ----------
    rates : DataFrame
        One measure by periods, or by groups that share nothing: `n`, `N`, `value`.
    overall : float, optional
        As for `ordinary_noise`.

    Returns
    -------
    DataFrame
        The same rows with the columns of `ordinary_noise` (limits that vary with `N`), and
        `signal`: "above", "below", "ordinary noise", or "few cases" where `N` is under 10, which
        never is a signal.
    """
    charted = ordinary_noise(rates, overall)
    few = charted["N"] < FEW
    signal = np.select(
        [few, charted["value"] > charted["noise_high"], charted["value"] < charted["noise_low"]],
        [TOO_FEW, ABOVE, BELOW],
        NOISE,
    )
    return charted.assign(signal=pd.Series(signal, index=charted.index, dtype="str"))


def differences(
    rates: pd.DataFrame, against: str | None = None, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Compare groups two by two: the difference of their rates with Newcombe's interval.

    Parameters
    ----------
    rates : DataFrame
        One measure by groups that share nothing: `measure, group, n, N`.
    against : str, optional
        The group that all others are compared with; every two if left out.
    confidence : float
        Of each interval; it is not widened for the number of comparisons, which is given instead.

    Returns
    -------
    DataFrame
        `measure, group, against, n, N, n_against, N_against, value, low, high, compared`: `value` is
        the rate of `group` less that of `against`, from -1 to 1 (NaN where either has no cases), and
        `compared` how many such comparisons were made.

    Raises
    ------
    KitError
        If there is no group called `against`.
    """
    rows = rates.reset_index(drop=True)
    names = [str(name) for name in rows["group"]]
    if against is None:
        pairs = list(combinations(range(len(rows)), 2))
    elif against in names:
        base = names.index(against)
        pairs = [(place, base) for place in range(len(rows)) if place != base]
    else:
        raise KitError(
            _("There is no group {against} to compare with; there are: {known}.").format(
                against=repr(against[:60]), known=", ".join(names)
            )
        )
    one, other = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    n, total = rows["n"].to_numpy(np.int64), rows["N"].to_numpy(np.int64)
    low, high = newcombe(n[one], total[one], n[other], total[other], confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = n[one] / total[one] - n[other] / total[other]
    measures, groups = rows["measure"], pd.Series(names, dtype="str")
    return pd.DataFrame(
        {
            "measure": measures.iloc[one].to_numpy(),
            "group": groups.iloc[one].to_numpy(),
            "against": groups.iloc[other].to_numpy(),
            "n": n[one],
            "N": total[one],
            "n_against": n[other],
            "N_against": total[other],
            "value": value,
            "low": low,
            "high": high,
            "compared": len(pairs),
        }
    ).astype({"measure": "str", "group": "str", "against": "str"})
