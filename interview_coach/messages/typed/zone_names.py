"""The names of time zones as people write them: letters, places, and the long names of CLDR.

Abbreviations are this kit's own list, since several places use the same letters; the names of cities
come from the IANA list, those of countries and the long names of zones from CLDR (through Babel).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from interview_coach.messages.typed.place_names import MORE
from interview_coach.times import _zones

__all__ = [
    "BESIDE",
    "LETTERS",
    "SHARED",
    "beginning",
    "iana",
    "long_names",
    "places",
    "plain_letters",
]


class _Letters(NamedTuple):
    zone: str
    season: str = ""
    """``winter`` or ``summer`` where the letters say which clock is meant."""


def _both(stem: str, place: str) -> dict[str, _Letters]:
    winter, summer = f"{stem}st", f"{stem}dt"
    return {winter: _Letters(place, "winter"), summer: _Letters(place, "summer")}


LETTERS = {
    **_both("e", "America/New_York"), **_both("c", "America/Chicago"), **_both("m", "America/Denver"),
    **_both("p", "America/Los_Angeles"), **_both("ak", "America/Anchorage"), **_both("a", "America/Halifax"),
    **_both("n", "America/St_Johns"), **_both("ae", "Australia/Sydney"), **_both("ac", "Australia/Adelaide"),
    **_both("nz", "Pacific/Auckland"),
    "et": _Letters("America/New_York"), "ct": _Letters("America/Chicago"), "mt": _Letters("America/Denver"),
    "pt": _Letters("America/Los_Angeles"), "hst": _Letters("Pacific/Honolulu"), "utc": _Letters("UTC"),
    "gmt": _Letters("Europe/London", "winter"), "bst": _Letters("Europe/London", "summer"),
    "cet": _Letters("Europe/Berlin", "winter"), "cest": _Letters("Europe/Berlin", "summer"),
    "mez": _Letters("Europe/Berlin", "winter"), "mesz": _Letters("Europe/Berlin", "summer"),
    "wet": _Letters("Europe/Lisbon", "winter"), "west": _Letters("Europe/Lisbon", "summer"),
    "eet": _Letters("Europe/Athens", "winter"), "eest": _Letters("Europe/Athens", "summer"),
    "msk": _Letters("Europe/Moscow"), "trt": _Letters("Europe/Istanbul"), "gst": _Letters("Asia/Dubai"),
    "pkt": _Letters("Asia/Karachi"), "ist": _Letters("Asia/Kolkata"), "aet": _Letters("Australia/Sydney"),
    "awst": _Letters("Australia/Perth"), "nzt": _Letters("Pacific/Auckland"), "sgt": _Letters("Asia/Singapore"),
    "hkt": _Letters("Asia/Hong_Kong"), "jst": _Letters("Asia/Tokyo"), "kst": _Letters("Asia/Seoul"),
    "wib": _Letters("Asia/Jakarta"), "ict": _Letters("Asia/Bangkok"), "myt": _Letters("Asia/Kuala_Lumpur"),
    "pht": _Letters("Asia/Manila"), "phst": _Letters("Asia/Manila"), "wat": _Letters("Africa/Lagos"),
    "sast": _Letters("Africa/Johannesburg"), "eat": _Letters("Africa/Nairobi"), "cat": _Letters("Africa/Maputo"),
    "brt": _Letters("America/Sao_Paulo"), "art": _Letters("America/Argentina/Buenos_Aires"),
    "cot": _Letters("America/Bogota"),
}  # fmt: skip
# The same letters in several countries; the first is the one that most people mean.
SHARED = {
    "ist": {"India": "Asia/Kolkata", "Ireland": "Europe/Dublin", "Israel": "Asia/Jerusalem"},
    "cst": {"Chicago": "America/Chicago", "China": "Asia/Shanghai", "Cuba": "America/Havana"},
    "bst": {"Britain": "Europe/London", "Bangladesh": "Asia/Dhaka"},
    "ast": {"Halifax": "America/Halifax", "Saudi Arabia": "Asia/Riyadh"},
}
# Letters that are words or trades as well: a zone only beside the clock time, or before "time".
BESIDE = {"ct", "mt", "pt", "ict", "art", "eat", "cat", "west", "wet", "cot"}
# Babel keeps the names that CLDR began with; the IANA list has moved on.
_RENAMED = {
    "Asia/Calcutta": "Asia/Kolkata", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon", "Europe/Kiev": "Europe/Kyiv",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
}  # fmt: skip
_REGIONS = (
    *("Africa", "America", "Asia", "Atlantic"),  # unmarked: of the IANA list
    *("Australia", "Europe", "Indian", "Pacific"),  # unmarked: the same
)
# Names of the two lists that mean something else far more often.
_NOT_PLACES = {
    "act", "center", "chad", "jordan", "maurice", "martin", "norman", "currie", "easter", "georgia", "jersey", "johnston", "knox", "lhi", "midway",
    "north", "nsw", "queensland", "south", "tell city",  # unmarked: a name
    "troll", "victoria", "wake", "west", "yap",
}  # fmt: skip


def iana() -> dict[str, str]:
    """Return the names of the IANA list, by themselves in small letters."""
    return _zones()


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Return the zones of cities and countries, by their names in small letters."""
    from babel import Locale
    from babel.core import get_global

    known: dict[str, str] = {}
    theirs = get_global("territory_zones")
    for language in ("de", "fr", "es", "en"):
        countries = Locale(language).territories
        for code, zones in theirs.items():
            if len(zones) == 1 and code in countries:
                known[plain_letters(str(countries[code]))] = _RENAMED.get(zones[0], zones[0])
    for name in iana().values():
        region, _, city = name.partition("/")
        if region in _REGIONS:
            known[city.rpartition("/")[2].replace("_", " ").replace("-", " ").casefold()] = name
    known |= MORE
    return {name: to for name, to in known.items() if name not in _NOT_PLACES}


@lru_cache(maxsize=1)
def beginning() -> dict[str, list[tuple[str, tuple[str, str]]]]:
    """Index the long names by their first word."""
    first: dict[str, list[tuple[str, tuple[str, str]]]] = {}
    for long, named in long_names().items():
        first.setdefault(re.split("[ -]", long)[0], []).append((long, named))
    return first


@lru_cache(maxsize=1)
def long_names() -> dict[str, tuple[str, str]]:
    """Long names of zones in English, German, French and Spanish, the longest first."""
    from babel import Locale
    from babel.core import get_global

    best = [known.zone for known in LETTERS.values()]
    zones: dict[str, str] = {}
    for name, meta in get_global("meta_zones").items():
        name = _RENAMED.get(name, name)
        if meta not in zones or (name in best and zones[meta] not in best):
            zones[meta] = name
    long: dict[str, tuple[str, str]] = {}
    seasons = {"generic": "", "standard": "winter", "daylight": "summer"}
    for language in ("en", "de", "fr", "es"):
        for meta, names in Locale(language).meta_zones.items():
            for kind, said in dict(names.get("long", {})).items():
                if meta in zones and zones[meta].casefold() in iana() and " " in str(said):
                    long.setdefault(plain_letters(str(said)), (zones[meta], seasons.get(kind, "")))
    return dict(sorted(long.items(), key=lambda item: -len(item[0])))


def plain_letters(text: str) -> str:
    """Write a text in small letters without accents, with plain dashes and spaces, of the same length."""
    import unicodedata

    def one(char: str) -> str:
        if char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d":
            return "-"
        if char in "\u22c5\u2022\u2027\u202f\u2009\u00a0":
            return " "
        if char in "\u2019\u02bc":
            return "'"
        small = unicodedata.normalize("NFKD", char.lower())[:1]
        return small if small and (small.isascii() or len(small) == len(char)) else char

    return "".join(map(one, text))
