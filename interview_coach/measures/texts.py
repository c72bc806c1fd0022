"""Words of a column of texts as numbers, looked up by Arrow, which holds them anyway.

Numbering words takes most of the time of a grouped rate. To look them up in a list that is known
beforehand (the words of the first rows, nearly always) is quicker than to number them as they come,
gives the numbers in the order to show, and all processors can do it at once.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["numbered"]

Codes = NDArray[np.int32]

# Rows in which the words are looked for, words beyond which it is no list, rows worth a thread.
_FIRST, _MANY, _EACH = 10_000, 1_000, 250_000


def numbered(values: pd.Series, order: Callable[[str], Any]) -> tuple[Codes, list[str]] | None:
    """Give each row the number of its word.

    Parameters
    ----------
    values : Series
        Any column.
    order : callable
        Gives what the words are sorted by.

    Returns
    -------
    codes : array of int
        The place of each row's word; -1 where there is none.
    words : list of str
    None
        In place of both where Arrow does not hold the column as texts, or the words are too many.
    """
    if not (isinstance(values.dtype, pd.StringDtype) and values.dtype.storage == "pyarrow"):
        return None
    import pyarrow as pa

    texts = pa.array(values.array)
    words = texts.slice(0, _FIRST).unique().drop_null().to_pylist()
    while len(words) <= _MANY:
        words.sort(key=order)
        codes, nothing = _looked_up(texts, pa.array(words, texts.type))
        if nothing == texts.null_count:
            return codes, words
        # Words that the first rows do not have.
        words += texts.filter(pa.array(codes < 0)).unique().drop_null().to_pylist()
    return None


def _looked_up(texts: Any, words: Any) -> tuple[Codes, int]:
    """Give the place of each row's word, -1 for others, and how many others there are."""
    import pyarrow.compute as pc

    threads = min(os.cpu_count() or 1, max(1, len(texts) // _EACH))
    each = max(1, -(-len(texts) // threads))
    codes = np.empty(len(texts), dtype=np.int32)

    def look_up(first: int) -> int:
        found = pc.index_in(texts.slice(first, each), value_set=words, skip_nulls=True)
        nothing: int = found.null_count
        codes[first : first + each] = found.fill_null(-1) if nothing else found
        return nothing

    if threads == 1:
        return codes, look_up(0)
    with ThreadPoolExecutor(threads) as pool:
        return codes, sum(pool.map(look_up, range(0, len(texts), each)))
