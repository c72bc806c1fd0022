"""The words by which days are told in an invitation, in several languages: read, never said."""

import re
from functools import lru_cache

from interview_coach.messages.typed.zone_names import plain_letters

__all__ = [
    "BESIDE",
    "BREAK",
    "OR",
    "ORDINALS",
    "WEEK_OF",
    "months",
    "named",
    "only_day",
    "weekdays",
]

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_SHORT = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "sept",
)
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth",
    "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
)  # fmt: skip
WEEK_OF = re.compile(
    r"(?:\bw/[bc]|\bwc|\bwk of|\bw(?:ee)?k (?:commencing|beginning|starting|of)|\bsemana del?|\bwoche (?:vom|ab)|\bsemaine du)"
    r"[\s:]*(?:the |on )?(?:mon(?:day)?,? |lunes |lundi |montag,? )?(?:the )?$"
)
BREAK = re.compile(r"[.!?;](?=\s)(?<!\b[ap]\.m\.)(?<!\bno\.)(?<!\d\.)|\n")
OR = re.compile(r"[\s,]*(?:or|and|o|y|oder|und|ou|et|/|&|,)\s*(?:on |the |am |el |le )*")
# Between a weekday and its date: "Thursday, the 5th of March", "5 March (Thursday)".
BESIDE = re.compile(r"[\s,.(;-]*(?:the |den |der |dem |el |le |on |am |dia )?[\s,.(;-]*")


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Return the names of the months, in small letters without accents; January is 1."""
    from babel import Locale

    months = {
        plain_letters(str(name)): number
        for language in reversed(_LANGUAGES)
        for number, name in Locale(language).months["format"]["wide"].items()
    }
    return months | {
        short: min(at, 8) + 1 if short == "sept" else at + 1 for at, short in enumerate(_SHORT)
    }


@lru_cache(maxsize=1)
def weekdays() -> dict[str, int]:
    """Return the days of the week in several languages, in small letters without accents; Monday is 0."""
    from babel import Locale

    return {
        plain_letters(str(name)): number
        for language in reversed(_LANGUAGES)
        for number, name in Locale(language).days["format"]["wide"].items()
    }


@lru_cache(maxsize=1)
def named() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Find "5 March 2026" and "March 5th": with the day before the month's name, and after it."""
    names = "|".join(sorted(months(), key=len, reverse=True))
    words = "|".join(sorted(ORDINALS, key=len, reverse=True)).replace("-", "[- ]")
    year = r"(?:,?(?: de)? (?P<year>(?:19|20|21)\d\d)(?![\d:.]\d|\d|h))?"
    return (
        re.compile(
            rf"(?<![\w:.])(?P<day>\d{{1,2}}|(?:{words})(?= (?:day )?of ))(?:st|nd|rd|th|er|\.|o)?[ -]?(?:(?:day )?of |de )?(?P<month>{names})\b\.?{year}"
        ),
        re.compile(
            rf"\b(?P<month>{names})\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?![\w:]|\.\d|\s?[ap]\.?m\b){year}"
        ),
    )


@lru_cache(maxsize=1)
def only_day() -> re.Pattern[str]:
    """Find "the 5th", "12th inst.", "martes 10", "Dienstag, den 10.": a day of a month not named."""
    names = "|".join(
        sorted(
            [*weekdays(), "mon", "tues?", "weds?", "thu(?:rs?)?", "fri", "sat", "sun"],
            key=len,
            reverse=True,
        )
    )
    # A number alone is a day only where a clock time follows: "martes 10 a las 5", not "Friday 10".
    then = r"(?=[,.]? ?(?:\(|at |@ ?|a las? |a |um |from |between |de )?\d{1,2}(?:[:.h]\d\d|\s?(?:[ap]\.?m\b|h\b|uhr\b|o'clock))|,? (?:a las? \w|um |at (?:noon|\d)))"
    return re.compile(
        rf"\b(?:the |on )?(?P<day>\d{{1,2}}(?:st|nd|rd|th))\b(?! (?:floor|round|interview|stage|street|ave|street|year|of\b))(?: inst(?:ant)?\b\.?)?"
        rf"|\b(?:{names})\.?,? (?:the |den |dem |le |el |dia )*(?P<day2>\d{{1,2}})(?![\w:/]|[.]\d|\s?(?:[ap]\.?m\b|h\b|uhr|o'?\s?clock)){then}"
        rf"|\b(?:{names}),? den (?P<day3>\d{{1,2}})\."
        rf"|\b(?:{names}),? the (?P<day4>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b"
    )
