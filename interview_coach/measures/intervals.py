"""How sure a rate is: Wilson's interval, and the limits of ordinary noise around an overall rate."""

from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from interview_coach.errors import KitError

__all__ = ["ordinary_noise", "wilson"]


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
    if not 0 < confidence < 1:
        raise KitError(f"The confidence is {confidence}; give a number between 0 and 1, as 0.95.")
    hits, total = np.asarray(n, dtype=np.float64), np.asarray(N, dtype=np.float64)
    if np.any((hits < 0) | (hits > total)):
        raise ValueError("wilson needs 0 <= n <= N everywhere")
    z2 = NormalDist().inv_cdf(0.5 + confidence / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (hits + z2 / 2) / (total + z2)
        half = np.sqrt(z2 * (hits * (total - hits) / total + z2 / 4)) / (total + z2)
    # At none and at all the ends are exactly 0 and 1; rounding would miss them by a bit.
    low = np.where(hits == 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(hits == total, 1.0, np.clip(centre + half, 0, 1))
    empty = total == 0
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def ordinary_noise(rates: pd.DataFrame) -> pd.DataFrame:
    """Add the band in which rates move about for no reason: three-sigma limits of a p-chart.

    Parameters
    ----------
    rates : DataFrame
        One measure by groups or periods that share nothing, with `n`, `N` and `value`.

    Returns
    -------
    DataFrame
        The same rows with three more columns, all fractions: `overall` (all numerators over all
        denominators), `noise_low` and `noise_high` (overall plus or minus three standard errors for
        that row's own `N`, within 0 and 1; NaN where `N` is 0).

    Notes
    -----
    W. A. Shewhart's p-chart with limits that vary with the subgroup's size, as in the NIST/SEMATECH
    e-Handbook of Statistical Methods, 6.3.3.2.
    """
    hits, total = rates["n"].to_numpy(np.float64), rates["N"].to_numpy(np.float64)
    everything = total.sum()
    overall = hits.sum() / everything if everything else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(total > 0, 3 * np.sqrt(overall * (1 - overall) / total), np.nan)
    return rates.assign(
        overall=overall,
        noise_low=np.clip(overall - reach, 0, 1),
        noise_high=np.clip(overall + reach, 0, 1),
    )
