"""What else an invitation says: how long it takes, the telephone numbers, and "in twenty minutes"."""

import re

from interview_coach.messages.review.mentions import PHONE, mentions
from interview_coach.messages.typed.clocks import Clock, blanked
from interview_coach.messages.typed.days import Dated
from interview_coach.messages.typed.zones import Named

__all__ = ["length_in", "numbers_in", "own_clock", "wait_in"]

_SHORTEST, _LONGEST = 5, 8 * 60  # minutes that an interview takes

# unmarked: all the words here are read, not said.
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25,
    "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "una": 1, "dos": 2, "un": 1, "une": 1, "deux": 2,
    "eine": 1, "einer": 1, "zwei": 2, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cuarenta y cinco": 45, "dix": 10,
    "quinze": 15, "vingt": 20, "trente": 30, "quarante-cinq": 45, "zehn": 10, "funfzehn": 15, "zwanzig": 20, "dreissig": 30,
}  # fmt: skip
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_MINUTES = r"(?:minutes?|mins?|minuten|minutos?|')(?![a-z])"
_HOURS = r"(?:hours?|hrs?|stunden?|std|horas?|heures?)\b"
_LENGTH = re.compile(
    rf"(?<![\w:./])(?:(?P<three>three[- ]quarters? of an hour|trois quarts d'heure|dreiviertelstunde|tres cuartos de hora)"
    rf"|(?P<ninety>(?:an|one|1) hour and a half|(?:one|1) and a half hours|(?:anderthalb|eineinhalb) stunden|une heure et demie|(?:una )?hora y media)"
    rf"|(?:(?:duree|duracion|dauer|duration|length)[ :]*(?:ca\.? |env\.? |environ |approx\.? )?)(?P<h>\d)\s?h(?:\s?(?P<m>[0-5]\d))?\b"
    rf"|(?P<half>half[- ](?:an[- ])?hour|(?:(?:eine )?halbe|einer halben) stunde|media hora|(?:une )?demi-heure)"
    rf"|(?P<quarter>(?:a )?quarter of an hour|(?:una? )?cuarto de hora|(?:un )?quart d'heure|(?:eine )?viertelstunde)"
    rf"|(?P<hours>{_COUNT})(?P<point>\.5)?[- ]?{_HOURS}(?:,? (?:and |y |und |et )?(?P<more>{_COUNT})[- ]?{_MINUTES})?"
    rf"|(?:{_COUNT}[- ]?(?:-|to|or|bis|a)[- ]?)?(?P<minutes>{_COUNT})[- ]?{_MINUTES})"
)
# "In 20 minutes", "10 minutes early", "within 24 hours": no length.
_NOT_BEFORE = re.compile(
    r"\b(?:in|within|after|next|every|wait|waited|for another|another|past|only|up to|first|dentro de|dans|innerhalb von)\s*(?:about |around |approximately |the )?$"
)
_NOT_AFTER = re.compile(
    r"(?:'s?)?[,]?\s*(?:before|early|earlier|late|later|after|prior|in advance|beforehand|ahead|past|to (?:the|your)|to (?:\d|noon|[a-z]+ o')|ago|notice|'? notice|from|of (?:travel|your)|"
    r"vorher|vor\b|fruher|antes|avant|drive|walk|away|assessment|test|per|a week|buffer|until|behind|left)"
)
_WAIT = re.compile(
    rf"\b(?:in|dentro de|dans|en)(?: about| around| approximately)? (?:(?P<half>half an hour|einer halben stunde|media hora|une demi-heure)"
    rf"|(?P<quarter>a quarter of an hour)|(?P<count>{_COUNT}) (?:(?P<hours>{_HOURS})|{_MINUTES}))(?! (?:of|after|before)\b|')"
)
_LABEL = (
    r"(?:(?:id|passcode|password|pass ?code|pwd|pin|access code|code|kennwort|passwort|kenncode|contrasena|mot de passe|identifiant|meeting number|webinar|iban|vat|ust-?id|ref(?:erence)?)\b"
    # These are numbers only where they say so: "registration 020 7946 0010" is a telephone.
    r"|(?:requisition|req|job|vacancy|application|applicant|candidate|order|ticket|case|invoice|account|"
    r"steuernummer|registered|company|company reg\w*|reg(?:istration)?|employee|staff|booking|confirmation|postcode|zip|charity)[ \t]*(?:id|no|number|code|nr|num|numero|ref|reference|#|:)(?![a-z]))"
)
_NUMBERED = re.compile(
    rf"\b{_LABEL}(?:[ \t]+(?:id|no|number|code|nr|num|numero|ref|reference|is|ist|es|est|de|der|la|reunion|acceso|acces|besprechung|meeting|conference))*[ \t]*[.:#=)(-]*[ \t]*(?:\([^)\n]{{0,20}}\)[ \t:]*)?(?P<digits>#?[a-z]{{0,4}}-?\d[\d \t./-]*\d#?)"
    r"|,,(?P<typed>[\d,*# ]{4,})"
)
_EXTENSION = re.compile(
    r",?\s*\(?(?:ext(?:ension|n)?|x|poste|durchwahl|dw|anexo|extension|int(?:erno)?|local|option)\b\.?:?\s?(?:no\.?\s?)?\d{1,6}\)?|,?\s*x\d{1,6}\b"
)
_ARRIVAL = re.compile(
    r"\b(?:arrive|join|log ?(?:on|in)|dial in|sign in|be (?:ready|online|available))\b[^.\n]{0,50}$"
)
_START = re.compile(r"\s(?:start|interview|slot|appointment|call|meeting)\b")
_CODE = re.compile(r"\(\+?\d{1,3}\)\s?$")


def length_in(text: str) -> int | None:
    """Find how many minutes the interview takes, where it says so.

    Parameters
    ----------
    text : str
        As `plain_letters` gives it.
    """
    for match in _LENGTH.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if _NOT_BEFORE.search(before) or _NOT_AFTER.match(text, match.end()):
            continue
        minutes = _length(match)
        if _SHORTEST <= minutes <= _LONGEST:
            return minutes
    return None


def _length(match: re.Match[str]) -> int:
    for name, minutes in (("three", 45), ("ninety", 90), ("half", 30), ("quarter", 15)):
        if match[name]:
            return minutes
    if match["h"]:
        return int(match["h"]) * 60 + int(match["m"] or 0)
    if match["hours"]:
        more = _count(match["more"]) if match["more"] else 0
        return _count(match["hours"]) * 60 + more + (30 if match["point"] else 0)
    return _count(match["minutes"])


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def wait_in(text: str) -> int | None:
    """Find "in an hour", "in 20 minutes": how many minutes from when it was written."""
    match = _WAIT.search(text)
    if match is None:
        return None
    if match["half"] or match["quarter"]:
        return 30 if match["half"] else 15
    return _count(match["count"]) * (60 if match["hours"] else 1)


def numbers_in(text: str, low: str, dates: list[Dated], clocks: list[Clock]) -> tuple[str, ...]:
    """Find the telephone numbers; what is called an id, a code or a reference is none.

    Parameters
    ----------
    text, low : str
        As written; the same as `plain_letters` gives it.
    dates, clocks : list
        What is read already.
    """
    hidden = [(one.start, one.end) for one in clocks]
    hidden += [(one.start, one.end) for one in dates]
    for match in _NUMBERED.finditer(low):
        name = "digits" if match["digits"] else "typed"
        if not match[name].startswith("+"):
            hidden.append(match.span(name))
    found = []
    for one in mentions(blanked(low, hidden)):
        if one.sign != PHONE:
            continue
        more = _EXTENSION.match(low, one.end)
        code = _CODE.search(low, max(0, one.start - 8), one.start)
        start = code.start() if code else one.start
        found.append(text[start : more.end() if more else one.end].strip())
    return tuple(dict.fromkeys(found))


def own_clock(clocks: list[Clock], zones: list[Named], low: str) -> Clock | None:
    """Find a later clock time that is the one to take.

    Of "4pm my time / 11am your time" it is the second, on the person's own clock; of "arrive at 13:55
    for a 14:00 start" the start.
    """
    if len(clocks) > 1 and _ARRIVAL.search(low, max(0, clocks[0].start - 60), clocks[0].start):
        started = (one for one in clocks[1:] if _START.match(low, one.end))
        return next(started, None)
    own = [one for one in zones if one.own]
    ours = [one for one in zones if not one.own and not one.zone and one.sure]
    if len(clocks) < 2 or not own or not ours or _with(clocks[0], ours) is None:
        return None
    return next((one for one in clocks[1:] if _with(one, own) is not None), None)


def _with(clock: Clock, zones: list[Named]) -> Named | None:
    return next((one for one in zones if clock.end <= one.start <= clock.end + 8), None)
