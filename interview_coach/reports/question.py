"""What a report is asked to show: its parameters, checked once and in one place."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import LANGUAGES, N_, _, chosen, current, speaking, use
from interview_coach.measures import PERIODS
from interview_coach.wording import number

__all__ = ["FUNDER_GROUPS", "VIEWS", "Question"]

VIEWS = ("coach", "funder")
# By these a funder may see figures: nothing that names a person or an employer.
FUNDER_GROUPS = (
    *("cohort", "coach", "channel", "caller", "employer_type", "missed_by", "cause"),
    *PERIODS,
)
_LOGOS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"<svg": "image/svg+xml"}
_MOST = 1_000_000  # bytes of a logo
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:to|\.\.)\s*(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Question:
    """The parameters of a report, as the notebook and the terminal take them.

    Parameters
    ----------
    log : str
        The log, as a file or a URL; empty for ``outcomes.db`` in this folder, or else the sample.
    view : {"coach", "funder"}
        Who reads it: a coach sees every figure, for a funder small counts are hidden.
    group : str
        What to compare by: a column of the log, or `month`, `quarter`, `week`.
    start, end : str
        First and last day (2026-01-31), in each client's own time zone; empty for an open window.
    compare : str
        What to set side by side: an earlier period ("2025-07-01 to 2025-12-31"), two groups ("Autumn
        vs Spring"), or "none". Empty for the period of the same length just before the window, or,
        without a window, the last three months beside the time before.
    days : int
        Within which a missed call is to be recovered (the k of the recovery rate).
    grace : float
        Minutes: a call entered as missed where both spoke within them counts as completed. 0 takes
        the calls as they were entered.
    as_of : str
        The day of the report (2026-06-30), to its end in UTC; empty for this moment.
    title : str
        Stands above the finding; what it is called unless named is in the language of the report.
    logo : str
        A picture file (PNG, JPEG or SVG, up to 1 MB) for the top of the report; empty for none.
    language : str
        Of the sentences, one of `language.LANGUAGES`; empty for the one that is being spoken.
    only : str
        "column=value": only the calls of one group, as ``--each`` makes a report for each.

    Raises
    ------
    KitError
        If one of them cannot be.
    """

    log: str = ""
    view: str = "coach"
    group: str = "cohort"
    start: str = ""
    end: str = ""
    compare: str = ""
    days: int = 14
    grace: float = 0
    as_of: str = ""
    title: str = N_("Outcome report")
    logo: str = ""
    language: str = ""
    only: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, os.PathLike):
                value = os.fspath(value)
            if isinstance(value, str):
                value = value.strip()
            object.__setattr__(self, field.name, value)
        if self.view not in VIEWS:
            raise KitError(
                _("The view {view} is not one; give 'coach' or 'funder'.").format(
                    view=repr(self.view)
                )
            )
        object.__setattr__(self, "language", self.language or current())
        if self.language not in LANGUAGES:
            known = _(" or ").join(f"{name} ({code})" for code, name in LANGUAGES.items())
            says = _("The report speaks {known}, and not {language}; leave the language out.")
            raise KitError(says.format(known=known, language=repr(self.language)))
        if self.title in ("", type(self).title):
            with speaking(self.language):
                object.__setattr__(self, "title", _(type(self).title))
        if self.group == "notes":
            raise KitError(
                _(
                    "Notes are for you alone and appear in no report; compare by another column, such as "
                    "cohort."
                )
            )
        if self.funder and self.group not in FUNDER_GROUPS:
            raise KitError(
                _(
                    "A report for a funder cannot compare by '{group}', which may point to a person; "
                    "choose one of {known}."
                ).format(group=self.group[:60], known=", ".join(FUNDER_GROUPS))
            )
        _within(
            self.days,
            1,
            3650,
            _(
                "The days within which a missed call is to be recovered are {given}; give a whole "
                "number from {low} to {high}."
            ),
            whole=True,
        )
        _within(
            self.grace,
            0,
            24 * 60,
            _("The minutes of grace are {given}; give a number from {low} to {high}."),
        )
        for day, says in (
            (
                self.start,
                _(
                    "The first day of the window is {given}, which is not a day; write it as "
                    "2026-01-31 (year-month-day)."
                ),
            ),
            (
                self.end,
                _(
                    "The last day of the window is {given}, which is not a day; write it as "
                    "2026-01-31 (year-month-day)."
                ),
            ),
            (
                self.as_of,
                _(
                    "The day of the report is {given}, which is not a day; write it as 2026-01-31 "
                    "(year-month-day)."
                ),
            ),
        ):
            _day(day, says)
        if self.start and self.end and self.end < self.start:
            raise KitError(
                _("The window ends on {end}, before it begins on {start}.").format(
                    end=self.end, start=self.start
                )
            )
        # A day ahead is allowed: where the clients are, it may have begun.
        if self.start and date.fromisoformat(self.start[:10]) > self.moment.date() + timedelta(1):
            raise KitError(
                _(
                    "The window begins on {start}, after the day of the report ({day}): nothing can "
                    "have happened in it. Give an earlier day."
                ).format(start=self.start, day=self.moment.date().isoformat())
            )
        if self.only and "=" not in self.only:
            raise KitError(
                _(
                    "'{only}' names no group; write it as column=value, such as cohort=Spring."
                ).format(only=self.only[:60])
            )
        if self.compare not in ("", "none") and not (self.earlier or self.two_groups):
            raise KitError(
                _(
                    "The comparison '{compare}' is not understood; give a period (2025-07-01 to "
                    "2025-12-31), two groups (Autumn vs Spring), or 'none'."
                ).format(compare=self.compare[:60])
            )

    @classmethod
    def of(cls, names: Mapping[str, Any]) -> "Question":
        """Ask what a notebook's parameters say, which stand among its other names.

        As the first that a report's page asks, it settles the language of the page.
        """
        use(chosen())
        return cls(
            **{field.name: names[field.name] for field in fields(cls) if field.name in names}
        )

    @property
    def funder(self) -> bool:
        """Whether small counts are hidden."""
        return self.view == "funder"

    @cached_property
    def moment(self) -> datetime:
        """The moment up to which things count as having happened."""
        if not self.as_of:
            return datetime.now(UTC)
        if len(self.as_of) > 10:
            return datetime.fromisoformat(self.as_of).astimezone(UTC)
        return datetime.combine(date.fromisoformat(self.as_of), time.max, UTC)

    @property
    def earlier(self) -> tuple[str, str] | None:
        """The earlier period to compare with, where one is named."""
        found = _PERIOD.fullmatch(self.compare)
        if not found:
            return None
        first, last = found.groups()
        for day in (first, last):
            _day(
                day,
                _(
                    "The comparison is {given}, which is not a day; write it as 2026-01-31 "
                    "(year-month-day)."
                ),
            )
        if last < first:
            raise KitError(
                _("The comparison ends on {last}, before it begins on {first}.").format(
                    last=last, first=first
                )
            )
        if not ((self.start and last < self.start) or (self.end and self.end < first)):
            says = (
                _(
                    "The period to compare with ({given}) overlaps the window; give a window with "
                    "--from and --to, and a period before or after it."
                )
                if self.start or self.end
                else _(
                    "The period to compare with ({given}) needs a window beside it; give a window "
                    "with --from and --to, and a period before or after it."
                )
            )
            raise KitError(says.format(given=self.compare))
        return first, last

    @property
    def two_groups(self) -> tuple[str, str] | None:
        """The two groups to compare, where they are named."""
        one, found, other = self.compare.partition(" vs ")
        return (one.strip(), other.strip()) if found else None

    @property
    def column(self) -> tuple[str, str] | None:
        """The column and the value that all calls must have, where one is named."""
        name, found, value = self.only.partition("=")
        return (name.strip(), value.strip()) if found else None

    @property
    def heading(self) -> str:
        """The title, with the group that the report is for."""
        return f"{self.title} · {self.column[1]}" if self.column else self.title

    def picture(self) -> tuple[str, bytes] | None:
        """Give the logo: its media type and its bytes.

        Raises
        ------
        KitError
            If it is not there, too large, or no picture that a report can show.
        """
        if not self.logo:
            return None
        path = Path(self.logo)
        try:
            if path.stat().st_size > _MOST:
                raise KitError(
                    _("The logo {name} is larger than 1 MB; take a smaller picture of it.").format(
                        name=path.name
                    )
                )
            data = path.read_bytes()
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise KitError(
                _("The logo {name} cannot be read ({why}); check the path.").format(
                    name=path.name, why=why
                )
            ) from None
        for begins, kind in _LOGOS.items():
            if data.startswith(begins) or (begins == b"<svg" and b"<svg" in data[:2000]):
                return kind, data
        raise KitError(
            _("The logo {name} is no PNG, JPEG or SVG picture; take one that is.").format(
                name=path.name
            )
        )

    def given(self) -> dict[str, Any]:
        """Give the parameters that differ from their defaults, by name; the language always."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    def at(self, moment: datetime) -> "Question":
        """Give the same question with its day fixed, so that two readings of it agree."""
        return self if self.as_of else replace(self, as_of=moment.astimezone(UTC).isoformat())


def _within(value: object, low: int, high: int, says: str, *, whole: bool = False) -> None:
    kinds: tuple[type, ...] = (int,) if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not low <= value <= high:  # type: ignore[operator]
        given = repr(str(value)[:40])
        raise KitError(says.format(given=given, low=low, high=number(high)))


def _day(text: str, says: str) -> None:
    if not text:
        return
    try:
        date.fromisoformat(text[:10])
        if len(text) > 10:
            datetime.fromisoformat(text)
    except ValueError:
        raise KitError(says.format(given=repr(text[:40]))) from None
