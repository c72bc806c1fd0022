"""Texts from anywhere made fit for a file: for what it holds, and for its name."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

__all__ = ["file_names", "legible"]

# Control signs but tab and line feed, halves of a pair, and what Unicode says is no character. They
# leave a mark, so that a text with one is not taken for the same text without.
_NONE = (
    *(code for code in range(0x20) if code not in (0x09, 0x0A)),
    *range(0x7F, 0xA0),
    *range(0xD800, 0xE000),
    *(0xFFFE, 0xFFFF),
)
# Names that Windows keeps for itself, whatever their ending.
_WINDOWS = re.compile(r"con|prn|aux|nul|(com|lpt)\d")
_SIGNS = dict.fromkeys(_NONE, "\ufffd")


def legible(text: str) -> str:
    """Put the replacement character in place of every sign that stands for nothing to read."""
    return text.replace("\r\n", "\n").translate(_SIGNS)


def file_names(wanted: Iterable[str], *, besides: Iterable[str] = (), most: int = 60) -> list[str]:
    """Name files or folders after texts: readable in any script, safe and unique on any disk.

    Parameters
    ----------
    wanted : iterable of str
        Such as "missed by cohort".
    besides : iterable of str
        Names that are there already, and are not given again.
    most : int
        The most signs that a name may have.

    Returns
    -------
    list of str
        Letters, digits and hyphens, in small letters; unique also where a disk does not tell
        capitals from small letters, or two ways of writing an accent, apart.
    """
    taken = {unicodedata.normalize("NFC", name.casefold()) for name in besides}
    used: Counter[str] = Counter()
    names = []
    for text in wanted:
        plain = name = _plain(text)[:most]
        while name in taken:
            used[plain] += 1
            end = f"-{used[plain] + 1}"
            name = plain[: most - len(end)].rstrip("-") + end
        taken.add(name)
        names.append(name)
    return names


def _plain(text: str) -> str:
    small = unicodedata.normalize("NFKC", text).casefold()
    # Letters, their marks, and digits of any script.
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else "-" for sign in small)
    plain = unicodedata.normalize("NFC", re.sub("-+", "-", "".join(kept))).strip("-")
    return f"{plain}-x" if _WINDOWS.fullmatch(plain) else plain or "unnamed"
