"""Moments as they enter the log: in UTC, and never guessed where a clock leaves them open."""

from datetime import UTC, date, datetime

from whenever import (
    Instant,
    OffsetDateTime,
    PlainDateTime,
    RepeatedTime,
    SkippedTime,
    ZonedDateTime,
)

from interview_coach.language import _

__all__ = ["first_moment", "in_zone", "moment"]


def moment(value: object, timezone: str) -> datetime:
    """Read a moment, as a program or a person gives it.

    Parameters
    ----------
    value : datetime, whenever type or str
        With a zone or an offset it is taken as it is; without, it is a clock time in `timezone`.
    timezone : str
        An IANA name.

    Returns
    -------
    datetime
        In UTC.

    Raises
    ------
    ValueError
        If it is no date and time, or one that the clocks of `timezone` skip or show twice. Such a
        time is never guessed: an hour's difference decides whether a call was missed.
    """
    if isinstance(value, ZonedDateTime | OffsetDateTime):
        return value.to_instant().to_stdlib()
    if isinstance(value, Instant):
        return value.to_stdlib()
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return value.astimezone(UTC)
        plain = PlainDateTime(value.replace(tzinfo=None))
    elif isinstance(value, PlainDateTime):
        plain = value
    elif isinstance(value, str):
        given = value.strip().upper().replace(" ", "T", 1)
        try:
            if given.endswith("Z") or _has_offset(given):
                return (
                    OffsetDateTime.parse_iso(given.replace("Z", "+00:00")).to_instant().to_stdlib()
                )
            plain = PlainDateTime.parse_iso(given)
        except ValueError:
            raise ValueError(
                _(
                    "this is no date and time; write it as 2026-03-05T14:00, in the client's time zone"
                )
            ) from None
    else:
        raise ValueError(_("a date and time is needed, such as 2026-03-05T14:00"))
    return in_zone(plain, timezone)


def in_zone(plain: PlainDateTime, timezone: str) -> datetime:
    """Turn a clock time of a zone into UTC, refusing those that the zone skips or shows twice."""
    try:
        return plain.assume_tz(timezone, disambiguation="raise").to_instant().to_stdlib()
    except SkippedTime:
        raise ValueError(
            _(
                "this time does not exist in {timezone}: the clocks go forward over it; look "
                "at the invitation again"
            ).format(timezone=timezone)
        ) from None
    except RepeatedTime:
        raise ValueError(
            _(
                "this time happens twice in {timezone}, where the clocks go back that night; "
                "add the offset that is meant, such as 2026-10-25T01:30+01:00"
            ).format(timezone=timezone)
        ) from None


def first_moment(day: date, timezone: str) -> datetime:
    """Give a day's first moment by the clocks of a zone, in UTC; there is one, whatever they skip."""
    midnight = PlainDateTime(day.year, day.month, day.day)
    return midnight.assume_tz(timezone, disambiguation="compatible").to_instant().to_stdlib()


def _has_offset(text: str) -> bool:
    clock = text.partition("T")[2]
    return "+" in clock or "-" in clock
