"""Clock times in words, written in figures in place: "half two", "las tres y media", "halb drei", "midi"."""

import re
from collections.abc import Iterator

from interview_coach.messages.review.mentions import NUMBERS

__all__ = ["spelled_out"]

# unmarked: all the words here are read, not said.
_SPANISH = (
    "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece", "catorce",
    "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuna", "veintidos", "veintitres",
)  # fmt: skip
_GERMAN = (
    "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwolf", "dreizehn",
    "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig", "einundzwanzig",
    "zweiundzwanzig", "dreiundzwanzig",
)  # fmt: skip
_FRENCH = (
    "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt", "vingt et une", "vingt-deux", "vingt-trois",
)  # fmt: skip
_PAST = {
    "cuarto": 15, "media": 30, "cinco": 5, "diez": 10, "veinte": 20, "veinticinco": 25,
    "funf": 5, "zehn": 10, "viertel": 15, "zwanzig": 20,
    "quart": 15, "demie": 30, "demi": 30, "cinq": 5, "dix": 10, "vingt": 20, "vingt-cinq": 25,
    "quince": 15, "treinta": 30, "cuarenta y cinco": 45, "quinze": 15, "trente": 30, "quarante-cinq": 45,
    "funfzehn": 15, "dreissig": 30, "dreißig": 30, "funfundvierzig": 45,
}  # fmt: skip


def _any(words: tuple[str, ...]) -> str:
    return rf"(?:{'|'.join(sorted(words, key=len, reverse=True))}|\d{{1,2}})"


_NOON = re.compile(
    r"\b(?:(?:12|twelve)\s)?(?:noon|midday)\b|\b(?:al? )?mediodia\b|\b(?:(?<=a )|(?<=vers )|(?<=de )|(?<=-)|(?<=- ))midi\b(?P<midi> et (?:quart|demie?))?"
    r"|\b(?:12 uhr |zwolf uhr )mittags\b"
)
_MIDNIGHT = re.compile(
    r"\b(?:(?:12|twelve)\s)?midnight\b|\b(?:a )?medianoche\b|\bmitternacht\b|\bminuit\b"
)
_ES = re.compile(
    rf"(?:(?<=\ba )|(?<=sobre )|(?<=hacia )|(?<=desde )|(?<=eso de ))las? (?P<hour>{_any(_SPANISH)})\b(?! (?:horas )?de [a-z]+zo)"
    rf"(?: (?P<way>y|menos) (?P<minute>cuarto|media|cinco|diez|veinticinco|veinte|quince|treinta|cuarenta y cinco)\b)?"
    rf"|\blas? (?P<hour2>{_any(_SPANISH)}) (?P<way2>y|menos) (?P<minute2>cuarto|media|cinco|diez|veinticinco|veinte|quince|treinta|cuarenta y cinco)\b"
)
_DE = re.compile(
    rf"\bhalb (?P<half>{_any(_GERMAN)})\b|\bdreiviertel (?P<three>{_any(_GERMAN)})\b"
    rf"|\b(?P<minute>funf|zehn|viertel|zwanzig) (?P<way>vor|nach) (?P<hour>{_any(_GERMAN)})\b"
    rf"|\b(?:um|gegen) (?P<full>{_any(_GERMAN[1:])})\b(?! ?uhr)(?: uhr)?(?![:.]\d|\s?%|\s?(?:prozent|jahre|euro|uhr|tage|stunden|minuten|bis|-)|-)"
)
_UHR = re.compile(
    rf"\b(?P<hour>{_any(_GERMAN)}|ein) uhr(?: (?P<minute>funfzehn|dreißig|dreissig|funfundvierzig))?\b(?! ?\d)"
)
_CLOCK_HOUR = re.compile(r"[1-9]|1\d|2[0-3]")
_FR = re.compile(
    rf"\b(?P<hour>{_any(_FRENCH)})\s?h(?:eures?)?\b(?: (?P<way>et|moins) (?:le |une? )?(?P<minute>quart|demie?|cinq|dix|vingt-cinq|vingt)\b| (?P<bare>quinze|trente|quarante-cinq)\b(?! min)| (?P<figures>[0-5]\d)\b(?!\s?(?:min|h)))"
    rf"|\b(?:a|vers) (?P<full>{_any(_FRENCH)}) heures\b(?! (?:[0-5]\d|et|moins|quinze|trente|quarante)\b)"
)
# "Eleven in the morning", and "5 to 3": a span would not run backwards.
_PART = re.compile(
    rf"\b(?P<hour>{'|'.join(NUMBERS[1:13])})\s+in the (?P<part>morning|afternoon|evening)\b(?<!past)"
)
_TO = re.compile(
    r"(?<=\bat )(?P<minute>5|10|20|25) to (?P<hour>1[0-2]|[1-9])\b(?![:.]\d|\s?[ap]\.?m|-)"
)
_ISH = re.compile(
    r"(?<![\w:.,/-])(?P<hour>1[0-2]|[1-9])(?P<minute>[:.][0-5]\d)?(?P<half>[ap]m)?-?ish\b"
)


def _hour(word: str) -> int:
    for words in (_SPANISH, _GERMAN, _FRENCH):
        if word in words:
            return words.index(word) + 1
    return int(word)


def spelled_out(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Write a text's times in figures, in place.

    Returns
    -------
    tuple of str and list of tuple of int
        The text, as long as before, and where the words that were replaced began and ended.
    """
    spans: list[tuple[int, int]] = []
    for start, end, said in _found(text):
        if len(said) <= end - start and not any(start < b and a < end for a, b in spans):
            text = text[:start] + said.ljust(end - start) + text[end:]
            spans.append((start, end))
    return text, spans


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _NOON.finditer(text):
        late = {" et quart": "12:15pm", " et demie": "12:30pm", " et demi": "12:30pm"}
        yield *match.span(), late.get(match["midi"] or "", "12pm")
    for match in _MIDNIGHT.finditer(text):
        yield *match.span(), "12am"
    for match in _ES.finditer(text):
        hour, way, minute = (match[name] or match[f"{name}2"] for name in ("hour", "way", "minute"))
        if way or not hour.isdigit():
            yield *match.span(), _said(_hour(hour), way == "menos", _PAST.get(minute or "", 0))
    for match in _DE.finditer(text):
        if match["half"] or match["three"]:
            yield (
                *match.span(),
                _said(_hour(match["half"] or match["three"]), True, 30 if match["half"] else 15),
            )
        elif match["hour"]:
            yield (
                *match.span(),
                _said(_hour(match["hour"]), match["way"] == "vor", _PAST[match["minute"]]),
            )
        elif not match["full"].isdigit() or _CLOCK_HOUR.fullmatch(match["full"]):
            yield *match.span(), _said(_hour(match["full"]), False, 0)
    for match in _UHR.finditer(text):
        hour = "eins" if match["hour"] == "ein" else match["hour"]
        if match["minute"] or not hour.isdigit():
            yield *match.span(), _said(_hour(hour), False, _PAST.get(match["minute"] or "", 0))
    for match in _FR.finditer(text):
        if match["figures"]:
            yield *match.span(), f"{_hour(match['hour'])}:{match['figures']}"
        elif match["bare"]:
            yield *match.span(), _said(_hour(match["hour"]), False, _PAST[match["bare"]])
        elif match["hour"]:
            yield (
                *match.span(),
                _said(_hour(match["hour"]), match["way"] == "moins", _PAST[match["minute"]]),
            )
        elif not match["full"].isdigit():
            yield *match.span(), _said(_hour(match["full"]), False, 0)
    for match in _PART.finditer(text):
        if not re.search(r"(?:past|to|after)\s$", text[max(0, match.start() - 6) : match.start()]):
            half = "am" if match["part"] == "morning" else "pm"
            yield *match.span(), f"{NUMBERS.index(match['hour'])}{half}"
    for match in _TO.finditer(text):
        if int(match["minute"]) > int(match["hour"]):
            yield *match.span(), _said(int(match["hour"]), True, int(match["minute"]))
    for match in _ISH.finditer(text):
        minute = (match["minute"] or ":00").replace(".", ":")
        yield (
            *match.span(),
            f"{match['hour']}{match['half']}" if match["half"] else match["hour"] + minute,
        )


def _said(hour: int, back: bool, minutes: int) -> str:
    minute = (hour * 60 + (-minutes if back else minutes)) % (24 * 60)
    minute = minute or 12 * 60
    return f"{minute // 60 or 12}:{minute % 60:02}"
