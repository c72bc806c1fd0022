"""What rates are of, in whole texts: what is counted, what happened to it, and what it is told apart by.

Measures, charts and reports name these by plain English words (``"call"``, ``"missed"``,
``"cohort"``), which are keys here. A name that is not here is a coach's own (a column of the log): it
stays as it was written. In other languages a text must hold for every name that may be filled in, so
the sentences around them have no gender.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from interview_coach.language import ENGLISH, N_, _, current, ngettext, ngettext_noop, pgettext
from interview_coach.wording import (
    Tally,
    counted,
    first_upper,
    number,
    plural,
    rate_sentence,
)

__all__ = ["Subject", "Thing", "listed"]


class _Noun(NamedTuple):
    many: str
    counted: tuple[str, str]
    more: tuple[str, str]


_NOUNS = {
    "call": _Noun(
        N_("calls"),
        ngettext_noop("{n} call", "{n} calls"),
        ngettext_noop("{n} more call", "{n} more calls"),
    ),
    "missed call": _Noun(
        N_("missed calls"),
        ngettext_noop("{n} missed call", "{n} missed calls"),
        ngettext_noop("{n} more missed call", "{n} more missed calls"),
    ),
    "interview": _Noun(
        N_("interviews"),
        ngettext_noop("{n} interview", "{n} interviews"),
        ngettext_noop("{n} more interview", "{n} more interviews"),
    ),
    "client": _Noun(
        N_("clients"),
        ngettext_noop("{n} client", "{n} clients"),
        ngettext_noop("{n} more client", "{n} more clients"),
    ),
}

_NO_CALLS = N_("There are no calls to count yet")
_NO_MISSED = N_("There are no missed calls to count yet")
_NO_INTERVIEWS = N_("There are no interviews to count yet")
_NO_CLIENTS = N_("There are no clients to count yet")


class _Done(NamedTuple):
    """What happened to them: beside the noun in the plural, and in a whole sentence."""

    words: Callable[[], str]
    tally: Tally


# The words beside a noun agree with it, so each pair has its own.
_DONE = {
    ("call", "missed"): _Done(
        lambda: pgettext("of calls", "missed"),
        Tally(
            _NO_CALLS,
            N_("{n} of {total} call was missed"),
            ngettext_noop("{n} of {total} calls was missed", "{n} of {total} calls were missed"),
        ),
    ),
    ("call", "completed"): _Done(
        lambda: pgettext("of calls", "completed"),
        Tally(
            _NO_CALLS,
            N_("{n} of {total} call was completed"),
            ngettext_noop(
                "{n} of {total} calls was completed", "{n} of {total} calls were completed"
            ),
        ),
    ),
    ("interview", "rescheduled"): _Done(
        lambda: pgettext("of interviews", "rescheduled"),
        Tally(
            _NO_INTERVIEWS,
            N_("{n} of {total} interview was rescheduled"),
            ngettext_noop(
                "{n} of {total} interviews was rescheduled",
                "{n} of {total} interviews were rescheduled",
            ),
        ),
    ),
    ("interview", "moved before the start"): _Done(
        lambda: pgettext("of interviews", "moved before the start"),
        Tally(
            _NO_INTERVIEWS,
            N_("{n} of {total} interview was moved before the start"),
            ngettext_noop(
                "{n} of {total} interviews was moved before the start",
                "{n} of {total} interviews were moved before the start",
            ),
        ),
    ),
    ("interview", "rebooked after a miss"): _Done(
        lambda: pgettext("of interviews", "rebooked after a miss"),
        Tally(
            _NO_INTERVIEWS,
            N_("{n} of {total} interview was rebooked after a miss"),
            ngettext_noop(
                "{n} of {total} interviews was rebooked after a miss",
                "{n} of {total} interviews were rebooked after a miss",
            ),
        ),
    ),
    ("interview", "rebooked after a missed call"): _Done(
        lambda: pgettext("of interviews", "rebooked after a missed call"),
        Tally(
            _NO_INTERVIEWS,
            N_("{n} of {total} interview was rebooked after a missed call"),
            ngettext_noop(
                "{n} of {total} interviews was rebooked after a missed call",
                "{n} of {total} interviews were rebooked after a missed call",
            ),
        ),
    ),
    ("missed call", "put right the same day"): _Done(
        lambda: pgettext("of missed calls", "put right the same day"),
        Tally(
            _NO_MISSED,
            N_("{n} of {total} missed call was put right the same day"),
            ngettext_noop(
                "{n} of {total} missed calls was put right the same day",
                "{n} of {total} missed calls were put right the same day",
            ),
        ),
    ),
    ("missed call", "put right while the client was still available"): _Done(
        lambda: pgettext("of missed calls", "put right while the client was still available"),
        Tally(
            _NO_MISSED,
            N_("{n} of {total} missed call was put right while the client was still available"),
            ngettext_noop(
                "{n} of {total} missed calls was put right while the client was still available",
                "{n} of {total} missed calls were put right while the client was still available",
            ),
        ),
    ),
    ("missed call", "followed by a message"): _Done(
        lambda: pgettext("of missed calls", "followed by a message"),
        Tally(
            _NO_MISSED,
            N_("{n} of {total} missed call was followed by a message"),
            ngettext_noop(
                "{n} of {total} missed calls was followed by a message",
                "{n} of {total} missed calls were followed by a message",
            ),
        ),
    ),
    ("missed call", "recovered"): _Done(
        lambda: pgettext("of missed calls", "recovered"),
        Tally(
            _NO_MISSED,
            N_("{n} of {total} missed call was recovered"),
            ngettext_noop(
                "{n} of {total} missed calls was recovered",
                "{n} of {total} missed calls were recovered",
            ),
        ),
    ),
    ("missed call", "recovered within {days}"): _Done(
        lambda: pgettext("of missed calls", "recovered within {days}"),
        Tally(
            _NO_MISSED,
            N_("{n} of {total} missed call was recovered within {days}"),
            ngettext_noop(
                "{n} of {total} missed calls was recovered within {days}",
                "{n} of {total} missed calls were recovered within {days}",
            ),
        ),
    ),
    ("client", "with a known outcome"): _Done(
        lambda: pgettext("of clients", "with a known outcome"),
        Tally(
            _NO_CLIENTS,
            N_("{n} of {total} client was with a known outcome"),
            ngettext_noop(
                "{n} of {total} clients was with a known outcome",
                "{n} of {total} clients were with a known outcome",
            ),
        ),
    ),
    ("client", "in work or education"): _Done(
        lambda: pgettext("of clients", "in work or education"),
        Tally(
            _NO_CLIENTS,
            N_("{n} of {total} client was in work or education"),
            ngettext_noop(
                "{n} of {total} clients was in work or education",
                "{n} of {total} clients were in work or education",
            ),
        ),
    ),
}


@dataclass(frozen=True)
class Subject:
    """What is counted (`noun`, in the singular), what happened to it (`done`), within how many days."""

    noun: str = "call"
    done: str = "missed"
    days: int = 0

    @property
    def many(self) -> str:
        """What is counted, in the plural."""
        known = _NOUNS.get(self.noun)
        return _(known.many) if known else plural(self.noun)

    def counted(self, count: int) -> str:
        """So many of them: ``3 calls``."""
        known = _NOUNS.get(self.noun)
        return _counted(count, known.counted) if known else counted(count, self.noun)

    def more(self, count: int) -> str:
        """So many beside others: ``3 more calls``."""
        known = _NOUNS.get(self.noun)
        if known:
            return _counted(count, known.more)
        more = f"more {self.noun}"  # unmarked: English only
        return counted(count, more)

    @property
    def did(self) -> str:
        """What happened to them, beside the plural: ``missed``."""
        known = _DONE.get(self._key)
        return known.words().format(**self._filled) if known else self._plain

    @property
    def share(self) -> str:
        """The rate in words: ``calls missed``."""
        return _("{calls} {missed}").format(calls=self.many, missed=self.did)

    def sentence(self, row: Mapping[str, Any]) -> str:
        """Say one rate in a sentence, without its full stop."""
        known = _DONE.get(self._key)
        if known:
            return rate_sentence(row, known.tally, filled=self._filled)
        return rate_sentence(row, self.noun, self._plain)

    def headline(self, row: Mapping[str, Any], rate: str) -> str:
        """Say one rate without its interval: ``9 of 42 calls were missed: 21%``."""
        n, total = int(row["n"]), int(row["N"])
        tally = _DONE[self._key].tally
        said = _(tally.of_one) if total == 1 else ngettext(*tally.of_many, n)
        said = said.format(n=number(n), total=number(total), **self._filled)
        return _("{words}: {rate}").format(words=said, rate=rate)

    @property
    def _key(self) -> tuple[str, str]:
        within = f"{self.done} within {{days}}"  # unmarked: a key
        return self.noun, within if self.days else self.done

    @property
    def _filled(self) -> dict[str, str]:
        return {"days": counted(self.days, "{n} day", "{n} days")} if self.days else {}

    @property
    def _plain(self) -> str:
        within = f"{self.done} within {self._filled.get('days')}"  # unmarked: English only
        return within if self.days else self.done


class _Words(NamedTuple):
    one: str
    many: str
    counted: tuple[str, str]


_THINGS = {
    "caller": _Words(N_("caller"), N_("callers"), ngettext_noop("{n} caller", "{n} callers")),
    "cause": _Words(N_("cause"), N_("causes"), ngettext_noop("{n} cause", "{n} causes")),
    "channel": _Words(N_("channel"), N_("channels"), ngettext_noop("{n} channel", "{n} channels")),
    "coach": _Words(N_("coach"), N_("coaches"), ngettext_noop("{n} coach", "{n} coaches")),
    "cohort": _Words(N_("cohort"), N_("cohorts"), ngettext_noop("{n} cohort", "{n} cohorts")),
    "curve": _Words(N_("curve"), N_("curves"), ngettext_noop("{n} curve", "{n} curves")),
    "days from booking to the call": _Words(
        N_("days from booking to the call"),
        N_("lead times"),
        ngettext_noop("{n} lead time", "{n} lead times"),
    ),
    "employer": _Words(
        N_("employer"), N_("employers"), ngettext_noop("{n} employer", "{n} employers")
    ),
    "employer type": _Words(
        N_("employer type"),
        N_("employer types"),
        ngettext_noop("{n} employer type", "{n} employer types"),
    ),
    "group": _Words(N_("group"), N_("groups"), ngettext_noop("{n} group", "{n} groups")),
    "hour": _Words(N_("hour"), N_("hours"), ngettext_noop("{n} hour", "{n} hours")),
    "hour of the day": _Words(
        N_("hour of the day"),
        N_("hours of the day"),
        ngettext_noop("{n} hour of the day", "{n} hours of the day"),
    ),
    "lead time": _Words(
        N_("lead time"), N_("lead times"), ngettext_noop("{n} lead time", "{n} lead times")
    ),
    "measure": _Words(N_("measure"), N_("measures"), ngettext_noop("{n} measure", "{n} measures")),
    "month": _Words(N_("month"), N_("months"), ngettext_noop("{n} month", "{n} months")),
    "party": _Words(N_("party"), N_("parties"), ngettext_noop("{n} party", "{n} parties")),
    "practice score": _Words(
        N_("practice score"),
        N_("practice scores"),
        ngettext_noop("{n} practice score", "{n} practice scores"),
    ),
    "quarter": _Words(N_("quarter"), N_("quarters"), ngettext_noop("{n} quarter", "{n} quarters")),
    "reason": _Words(N_("reason"), N_("reasons"), ngettext_noop("{n} reason", "{n} reasons")),
    "round of interviews": _Words(
        N_("round of interviews"),
        N_("rounds of interviews"),
        ngettext_noop("{n} round of interviews", "{n} rounds of interviews"),
    ),
    "skill": _Words(N_("skill"), N_("skills"), ngettext_noop("{n} skill", "{n} skills")),
    "step": _Words(N_("step"), N_("steps"), ngettext_noop("{n} step", "{n} steps")),
    "time zone": _Words(
        N_("time zone"), N_("time zones"), ngettext_noop("{n} time zone", "{n} time zones")
    ),
    "week": _Words(N_("week"), N_("weeks"), ngettext_noop("{n} week", "{n} weeks")),
    "which call of the interview": _Words(
        N_("which call of the interview"),
        N_("calls of the interview"),
        ngettext_noop("{n} call of the interview", "{n} calls of the interview"),
    ),
}


@dataclass(frozen=True)
class Thing:
    """What rows are: one of `GROUPINGS`, a period, a step; by its English name in the singular."""

    name: str

    @property
    def one(self) -> str:
        """One of them: ``month``."""
        known = _THINGS.get(self.name)
        return _(known.one) if known else self.name

    @property
    def many(self) -> str:
        """Several of them: ``months``."""
        known = _THINGS.get(self.name)
        if known:
            return _(known.many)
        return plural(self.name) if current() == ENGLISH else self.name

    def counted(self, count: int) -> str:
        """So many of them: ``5 months``."""
        known = _THINGS.get(self.name)
        if known:
            return _counted(count, known.counted)
        if current() == ENGLISH:
            return counted(count, self.name)
        # Nobody knows the plural of a coach's own word.
        return counted(count, "{n} group", "{n} groups")

    def others(self, count: int) -> str:
        """So many beside others: ``3 other months``."""
        return _("{n} other {things}").format(n=number(count), things=self._form(count))

    def hidden(self, count: int) -> str:
        """So many that are hidden: ``3 hidden months``."""
        return _("{n} hidden {things}").format(n=number(count), things=self._form(count))

    @property
    def head(self) -> str:
        """Above a column: ``Month``."""
        return self.one.capitalize() if current() == ENGLISH else first_upper(self.one)

    def _form(self, count: int) -> str:
        return self.one if count == 1 else self.many


def listed(names: Sequence[str]) -> str:
    """Write names as a list: ``A, B and C``."""
    if len(names) < 2:
        return names[0] if names else ""
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _counted(count: int, forms: tuple[str, str]) -> str:
    return ngettext(*forms, count).format(n=number(count))
