"""Writing cells for somebody else's spreadsheet: harmless there."""

import re

__all__ = ["neutral"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# A telephone number and a plain number begin like formulas, and are no use with a sign before them.
_HARMLESS = re.compile(r"\+\d[\d\s()./-]{5,}|[+-]?\d+(?:[.,]\d+)?|-+")
# A spreadsheet's cell holds 32,767 characters, and most readers of CSV stop soon after.
_LONGEST = 32_000


def neutral(cell: str) -> str:
    """Make a cell that a spreadsheet would run harmless, a NUL visible, and an endless one short."""
    if len(cell) > _LONGEST:
        cell = f"{cell[:_LONGEST]} [cut here; {len(cell):,} characters]"  # unmarked: it is kept
    cell = cell.replace("\0", "\u2400")
    # Spaces before a formula do not keep every program from running it.
    if (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)) and not (
        _HARMLESS.fullmatch(cell)
    ):
        return "'" + cell
    return cell
