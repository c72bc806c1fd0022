"""How long words about clients are kept: the coach's own rule, in coach.toml."""

from datetime import UTC, datetime
from pathlib import Path

from whenever import Instant

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.outcomes.house import said_in

__all__ = ["before", "months_of"]

_MOST = 1200


def months_of(house: Path) -> int | None:
    """Read ``retention_months`` from the ``[log]`` table of a ``coach.toml``; None if it says none.

    Raises
    ------
    KitError
        If the file cannot be read, or the rule is no whole number of months from 1.
    """
    months = said_in(house).get("retention_months")
    if months is None:
        return None
    if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= _MOST:
        raise KitError(
            _(
                "{name}: [log] retention_months must be a whole number of months from 1, such "
                "as 24."
            ).format(name=house.name)
        )
    return months


def before(now: datetime, months: int) -> datetime:
    """Give the moment before which a client's last call is too old to keep words about it."""
    if isinstance(months, bool) or not isinstance(months, int) or not 1 <= months <= _MOST:
        raise KitError(_("How long to keep is a whole number of months from 1, such as 24."))
    at = Instant(now.astimezone(UTC)).to_tz("UTC")
    return at.subtract(months=months).to_stdlib().astimezone(UTC)
