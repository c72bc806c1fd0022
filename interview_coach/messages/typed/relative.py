"""Days in words: "tomorrow", "Tuesday week", "a fortnight today", "next Friday", "el lunes que viene"."""

import datetime as dt
import re
from functools import lru_cache

from interview_coach.messages.typed.day_words import weekdays
from interview_coach.messages.typed.days import Dated
from interview_coach.messages.typed.spans import overlaps

__all__ = ["days_in_words"]

# unmarked: all the words here are read, not said.
_TODAY = (
    r"(?:today|to-day|2day|tday|tonight|this (?:morning|afternoon|evening|arvo)|later today|heute|aujourd'hui|ce soir|cet apres-midi|ce matin|hoy|"
    r"esta (?:manana|tarde|noche)|oggi|vandaag|hoje)"
)
_TOMORROW = (
    r"(?:tomorrow|tomorow|tommorr?ow|tomorro|tomrow|tmrw|tmr|tmw|tomo|2moro|2morrow|2mrw|tomoz|to-morrow|demain|"
    r"(?<!la )(?<!esta )(?<!pasado )manana(?! (?:siguiente|del))|"
    r"(?<!am )(?<!guten )(?<!heute )(?<!schonen )morgen|domani|amanha)"
)
_AFTER = rf"(?:(?:the )?day after {_TOMORROW}|overmorrow|pasado manana|ubermorgen|apres-demain|overmorgen|dopodomani|depois de amanha)"
_YESTERDAY = r"(?:yesterday|ystrday|yday|last night|gestern|hier|ayer)"
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "einem": 1, "einer": 1, "zwei": 2, "drei": 3,
    "vier": 4, "un": 1, "una": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "dos": 2, "tres": 3, "cuatro": 4, "a couple of": 2,
}  # fmt: skip
_COUNT = rf"(?:{'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d{{1,2}})"
_SHORT = (
    r"(?:(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b\.?(?=,?\s+(?:\d|at\b|@|the \d|morning|afternoon|evening|week\b|fortnight\b|next\b|or\b|and\b|between|from|noon|[a-z]{3,9}\.? \d|;)|\s*[,.;?!)@]|\s*$)"
    r"|(?<=\bnext )(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b|(?<=\bthis )(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b|(?<=\bon )(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b"
    r"|(?:tues?|weds|thu(?:rs?)?)\b\.?"
    r"|(?:mo|di|mi|do|fr|sa|so|lun|mie|jue|vie|sab)[.,](?=,?\s*\d))"
)
_SHORTS = {
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6, "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6,
    "lun": 0, "mie": 2, "jue": 3, "vie": 4, "sab": 5, "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
    "wensday": 2, "thursdy": 3, "thurday": 3, "teusday": 1, "wendesday": 2,
}  # fmt: skip
_NEXT = r"(?:next|nachste[nrs]?|proximo|prochaine?|volgende)"
_COMING = r"(?:(?:this )?coming|kommende[nr]?|this|diese[nrs]?|este|ce)"
_LAST = r"(?:last|past|previous|letzte[nrs]?|vergangene[nrs]?)"
_NEXT_WEEK = r"(?:next week|week after this|nachste(?:r)? woche|kommende woche|(?:la )?(?:semana que viene|proxima semana)|la semaine prochaine|semaine prochaine)"
_WEEK_AFTER = r"(?:(?:the )?week after next|ubernachste woche|in two weeks(?:' time)?|in a fortnight(?:'s time)?)"
_THIS_WEEK = r"(?:this week|diese woche|esta semana|cette semaine)"
_JOIN = r"(?:,? (?:on |am |el |le |den |the )?)"


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    names = "|".join(
        sorted(
            [*weekdays(), "wensday", "thursdy", "thurday", "teusday", "wendesday"],
            key=len,
            reverse=True,
        )
    )
    day = rf"(?P<w>(?:{names})\b|{_SHORT})"
    fortnight = r"(?P<long>week|fortnight)\b(?:'s time)?(?! (?:commencing|beginning|of|starting|after|before|ago)\b)"
    near = rf"(?:(?P<today>{_TODAY}|this day|now)|(?P<tomorrow>{_TOMORROW})|{day})"
    listed = [
        (
            rf"\b(?:a |one ){fortnight} (?:on |from |this |come )?{near}|\b(?<!next )(?<!this ){fortnight.replace('<long>', '<long2>')} (?:on |from |come )"
            + near.replace("<today>", "<today2>")
            .replace("<tomorrow>", "<tomorrow2>")
            .replace("<w>", "<w2>"),
            "later",
        ),
        (rf"\b{near} {fortnight}", "later"),
        (
            rf"\b{near} (?:en|in) (?:(?P<eight>ocho|huit|einer woche|acht tagen|una semana)|(?P<fifteen>quince|quinze|zwei wochen|vierzehn tagen|dos semanas))\b",
            "later",
        ),
        (rf"\b(?:the )?{day} after next\b(?! week)", "after next"),
        (
            rf"\b{_WEEK_AFTER}{_JOIN}{day}|\b{_JOIN}?{day.replace('<w>', '<w2>')},? {_WEEK_AFTER}\b",
            "week 2",
        ),
        (
            rf"\b{_NEXT_WEEK}{_JOIN}{day}|\b{day.replace('<w>', '<w2>')},? (?:of |de |der )?{_NEXT_WEEK}\b",
            "week 1",
        ),
        (
            rf"\b{_THIS_WEEK}{_JOIN}{day}|\b{day.replace('<w>', '<w2>')},? (?:of )?{_THIS_WEEK}\b",
            "week 0",
        ),
        (
            rf"\b(?:in|dentro de|dans) (?P<n>{_COUNT})(?: full| whole)? (?P<unit>weeks?|days?|wochen?|tage?n?|semanas?|dias?|semaines?|jours?)\b(?:'?s?'? time)?"
            rf"(?:{_JOIN}{day})?|\b(?P<n2>{_COUNT}) (?P<unit2>weeks?|days?)(?:' time)? from (?:now|today)\b",
            "count",
        ),
        (rf"\b(?:{_LAST} {day}|{day.replace('<w>', '<w2>')} (?:last|pasado|dernier))\b", "last"),
        (
            rf"\b(?:el )?(?:{day}(?: que viene)|proximo {day.replace('<w>', '<w2>')})|\b{_COMING} {day.replace('<w>', '<w3>')}",
            "coming",
        ),
        (
            rf"\b{_NEXT} {day}|\b{day.replace('<w>', '<w2>')} (?:next|prochain|proximo)\b(?! week)",
            "next",
        ),
        (rf"\b{_AFTER}", "2"),
        (rf"\b{_TOMORROW}\b", "1"),
        (rf"\b{_YESTERDAY}\b", "-1"),
        (rf"\b{_TODAY}\b", "0"),
        (rf"\b{day}", "weekday"),
    ]
    return [(re.compile(pattern), kind) for pattern, kind in listed]


def days_in_words(
    text: str, today: dt.date, taken: list[Dated], *, here: dt.date, sent: bool
) -> list[Dated]:
    """Find the days that a text names in words, in order.

    Parameters
    ----------
    text : str
        As `plain_letters` gives it.
    today : datetime.date
        What "tomorrow" counts from.
    taken : list of Dated
        The dates found already.
    here : datetime.date
        Today where the person is: of two days the one that is meant.
    sent : bool
        Whether `today` is the day on which the text was written: then every day named lies ahead.
    """
    found: list[Dated] = []
    for pattern, kind in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if overlaps(start, end, [*taken, *found]):
                continue
            words = match.group().strip(" ,.;")
            days, weekday = _meant(kind, match, today, sent=sent)
            if kind == "weekday" and here in days:
                days = (here,)
            found.append(
                Dated(start, end, words, days, weekday=weekday, bare=kind == "weekday", worded=True)
            )
    return sorted(found, key=lambda one: one.start)


def _meant(
    kind: str, match: re.Match[str], today: dt.date, *, sent: bool
) -> tuple[tuple[dt.date, ...], int | None]:
    groups = match.groupdict()
    word = next((groups[name] for name in ("w", "w2", "w3") if groups.get(name)), None)
    named = None if word is None else _number(word)
    ahead = 0 if named is None else (named - today.weekday()) % 7

    def day(count: int) -> dt.date:
        return today + dt.timedelta(days=count)

    if kind == "weekday":
        return tuple(map(day, _nearest(ahead, sent=sent))), named
    if kind == "later":
        long = groups.get("long") or groups.get("long2")
        weeks = 14 if long == "fortnight" or groups.get("fifteen") else 7
        base = 1 if groups.get("tomorrow") or groups.get("tomorrow2") else ahead
        return (day(base + weeks),), named
    if kind.startswith("week "):
        return (day(7 * int(kind[-1]) - today.weekday() + (named or 0)),), named
    if kind == "count":
        number = groups["n"] or groups["n2"] or "1"
        count = _COUNTS.get(number) or int(number)
        days = count * (
            7 if re.match("week|woche|sem", groups["unit"] or groups["unit2"] or "") else 1
        )
        if named is None:
            return (day(days),), None
        there = day(days)
        return (there + dt.timedelta(days=named - there.weekday()),), named
    if kind == "after next":
        return (day((ahead or 7) + 7),), named
    if kind == "last":
        return (day(ahead - 7),), named
    if kind == "coming":
        return (
            day(
                ahead
                or (
                    0
                    if sent is False and match.group().startswith(("this", "dies", "est", "ce "))
                    else 7
                )
            ),
        ), named
    if kind == "next":
        if ahead == 0:
            return (day(7),), named
        # Within this very week people mean either: the one to come, or the one of next week.
        if today.weekday() + ahead < 7 and ahead > 0:
            return (day(ahead + 7), day(ahead)), named
        return (day(ahead),), named
    return (day(int(kind)),), None


def _nearest(ahead: int, *, sent: bool) -> tuple[int, ...]:
    """Take the next such day, which is not sure where the last one is nearer."""
    return (ahead,) if sent or ahead <= 3 else (ahead, ahead - 7)


def _number(word: str) -> int:
    word = word.strip(" .,")
    return weekdays()[word] if word in weekdays() else _SHORTS[word]
