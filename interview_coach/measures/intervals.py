"""How sure a figure is: Wilson's interval, Newcombe's, a median's, and the limits of ordinary noise."""

import math
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from interview_coach.errors import KitError
from interview_coach.language import _

__all__ = ["median_interval", "newcombe", "ordinary_noise", "quantile_of_normal", "wilson"]


def quantile_of_normal(confidence: float) -> float:
    """Give the z of a two-sided interval: 1.96 for 0.95.

    Raises
    ------
    KitError
        If the confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise KitError(
            _("The confidence is {confidence}; give a number between 0 and 1, as 0.95.").format(
                confidence=confidence
            )
        )
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(
    n: ArrayLike, N: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give Wilson's score interval of proportions, all at once.

    Parameters
    ----------
    n, N : array of int
        Numerators and denominators, 0 <= n <= N; of any shapes that fit together.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    low, high : array of float
        Fractions from 0 to 1; NaN where N is 0. Always low <= n / N <= high.

    Raises
    ------
    KitError
        If the confidence is not between 0 and 1.
    ValueError
        If a numerator is negative or above its denominator.

    Notes
    -----
    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
    the American Statistical Association 22 (1927), without correction for continuity.
    """
    z2 = quantile_of_normal(confidence) ** 2
    hits, total = np.asarray(n, dtype=np.float64), np.asarray(N, dtype=np.float64)
    if np.any((hits < 0) | (hits > total)):
        raise ValueError("wilson needs 0 <= n <= N everywhere")
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (hits + z2 / 2) / (total + z2)
        half = np.sqrt(z2 * (hits * (total - hits) / total + z2 / 4)) / (total + z2)
    # At none and at all the ends are exactly 0 and 1; rounding would miss them by a bit.
    low = np.where(hits == 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(hits == total, 1.0, np.clip(centre + half, 0, 1))
    empty = total == 0
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def newcombe(
    n1: ArrayLike, N1: ArrayLike, n2: ArrayLike, N2: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give Newcombe's interval of the difference of two independent proportions, n1/N1 - n2/N2.

    Parameters
    ----------
    n1, N1, n2, N2 : array of int
        Numerators and denominators; of any shapes that fit together.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    low, high : array of float
        From -1 to 1; NaN where a denominator is 0.

    Raises
    ------
    KitError
        If the confidence is not between 0 and 1.

    Notes
    -----
    Method 10, the hybrid score interval without correction for continuity, of R. G. Newcombe,
    "Interval estimation for the difference between independent proportions: comparison of eleven
    methods", Statistics in Medicine 17 (1998), 873-890.
    """
    low1, high1 = wilson(n1, N1, confidence)
    low2, high2 = wilson(n2, N2, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.asarray(n1, dtype=np.float64) / np.asarray(N1, dtype=np.float64)
        two = np.asarray(n2, dtype=np.float64) / np.asarray(N2, dtype=np.float64)
    below = np.sqrt((one - low1) ** 2 + (high2 - two) ** 2)
    above = np.sqrt((high1 - one) ** 2 + (two - low2) ** 2)
    return one - two - below, one - two + above


def median_interval(values: ArrayLike, confidence: float = 0.95) -> tuple[float, float]:
    """Give the interval of a median that no assumption about the values stands behind.

    Parameters
    ----------
    values : array of float
        Without NaN.
    confidence : float
        Between 0 and 1; the interval holds the median at least that often.

    Returns
    -------
    low, high : float
        Two of the values; NaN where they are too few (under 6 for 0.95).

    Raises
    ------
    KitError
        If the confidence is not between 0 and 1.

    Notes
    -----
    The ranks at which the sign test would just not reject: M. J. Campbell and M. J. Gardner,
    "Calculating confidence intervals for some non-parametric analyses", British Medical Journal 296
    (1988), 1454-1456; exact up to a thousand values, by their normal approximation beyond.
    """
    z = quantile_of_normal(confidence)
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    count = len(ordered)
    if count > 1000:
        rank = round(count / 2 - z * math.sqrt(count) / 2)
    else:
        # The greatest rank with no more than half of what may be missed below it.
        rank, below = 0, Fraction(0)
        allowed = Fraction((1 - confidence) / 2) * 2**count
        while rank < count and below + math.comb(count, rank) <= allowed:
            below += math.comb(count, rank)
            rank += 1
    if rank < 1:
        return math.nan, math.nan
    return float(ordered[rank - 1]), float(ordered[count - rank])


def ordinary_noise(rates: pd.DataFrame, overall: float | None = None) -> pd.DataFrame:
    """Add the band in which rates move about for no reason: three-sigma limits of a p-chart.

    Parameters
    ----------
    rates : DataFrame
        One measure by groups or periods that share nothing, with `n`, `N` and `value`.
    overall : float, optional
        The rate to draw the limits around, as a fraction; all numerators over all denominators of
        these rows if left out.

    Returns
    -------
    DataFrame
        The same rows with three more columns, all fractions: `overall`, `noise_low` and
        `noise_high` (overall plus or minus three standard errors for that row's own `N`, within 0
        and 1; NaN where `N` is 0).

    Notes
    -----
    W. A. Shewhart's p-chart with limits that vary with the subgroup's size, as in the NIST/SEMATECH
    e-Handbook of Statistical Methods, 6.3.3.2.
    """
    hits, total = rates["n"].to_numpy(np.float64), rates["N"].to_numpy(np.float64)
    if overall is None:
        overall = hits.sum() / total.sum() if total.sum() else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(total > 0, 3 * np.sqrt(overall * (1 - overall) / total), np.nan)
    return rates.assign(
        overall=overall,
        noise_low=np.clip(overall - reach, 0, 1),
        noise_high=np.clip(overall + reach, 0, 1),
    )
