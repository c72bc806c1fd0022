"""Times, days, lengths of time, telephone numbers and addresses, as people write and say them.

A general date parser reads what machines write; these are the ways of a voicemail: "half two",
"ten to four", "oh seven seven double-oh". Each mention gets one sign in the text that cues search.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["CLOCK", "DAY", "MAIL", "NUMBERS", "PHONE", "SPAN", "WEEKDAYS", "Mention", "mentions"]

CLOCK, DAY, SPAN, PHONE, MAIL = "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60}
_NUM = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
_MIN = (
    r"(?:five[- ]and[- ]twenty|five|ten|twenty[- ]?(?:one|two|three|four|five|six|seven|eight|nine)|twenty|quarter|(?:a )quarter|half|one|two|three|four|six|seven|"
    r"eight|nine|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|\d{1,2})"
)
# "From nine to noon" is a stretch: without the word minutes, only these stand before "to" in a time.
_WORD_MINUTES = r"(?:five|ten|fifteen|(?:twenty|thirty|forty|fifty)(?:[- ]five)?)"
_WORD_HOUR = (
    r"(?:(?:oh|zero)[- ](?:five|six|seven|eight|nine)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)"
)
_HOUR_OF_24 = rf"(?:{_NUM}|1[3-9]|2[0-3]|(?:thir|four|fif|six|seven|eigh|nine)teen)"
_SPOKEN_END = r"(?! (?:minutes|mins|hours|pounds|dollars|euros|years|people|of us)|[- ](?:minute|hour|year|odd|thousand|hundred|per))"
_ROUND = r"(?<!from )(?<!between )(?:five[- ]and[- ]twenty|five|ten|twenty[- ]?five|twenty|(?:a )?quarter|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty[- ](?:one|two|three|four|six|seven|eight|nine))"
_HALF_DAY = r"(?:\s?(?:a\.m\.?|p\.m\.?|am|pm|a\.m|p\.m)(?![a-z]))"
_ZONE = (
    r"(?:\s?\(?(?:eastern|pacific|central|mountain|est|edt|et|cst|cdt|ct|pst|pdt|pt|mst|mdt|mt|gmt|bst|cet|"
    r"cest|utc|ist|aest|aedt|wat|sast|wib|pht|sgt|jst|(?:your|my|local|uk|us|london|paris|new york|"
    r"berlin|dublin|delhi|indian?|lagos|manila|sydney|toronto|ny) time)(?![a-z])(?:\s(?:standard|daylight) time|\stime)?\)?)?"
)
_END = r"(?![\w%]|[:.,/]\d|-\d(?!\d?(?:[:.]\d\d)?(?![\d-])))"
_NOT_UNIT = (
    r"(?!\s?(?:-\s?)?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|times?\b(?! zone)|seconds?|secs?|people|other|"
    r"others|more|percent|per|of\b|and a half|rings?|calls?|messages?|numbers?|jobs?|interviews?\b(?<!interview)|candidates?|"
    r"thing|things|point|reason|reasons|last|final|kids|children|attempts?|tries|options?|slots?|tries|thousand|hundred|"
    r"days'|staff|colleagues|stone|miles?|km|k\b|pounds|dollars|euros?|another|on one|digits?|moment|second|st\b|nd\b|rd\b|th\b))"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_PART = r"(?:morning|afternoon|evening|night|lunch ?time|lunch|arvo|midday|noon|tonight|tea ?time|eve)s?"
_TODAY = r"(?:today|to-day|2day|tday)"
_TOMORROW = r"(?:tomorrow|tomorow|tommorow|tommorrow|tomorro|tomrow|tmrw|tmr|tmw|2moro|2morrow|2mrw|tomoz|to-morrow)"
_CLOCK = [
    rf"(?:[01]?\d|2[0-4])[:.h][0-5]\d(?:\s?(?:hrs?|hours|h|uhr))?{_HALF_DAY}?{_ZONE}{_END}",
    rf"(?:1[0-2]|0?[1-9]){_HALF_DAY}{_ZONE}",
    rf"(?:[01]?\d|2[0-4])\s?(?:o'?\s?clock|h(?:rs|ours)?(?= |[.,;!?\n]|$)(?<![a-z] h)){_HALF_DAY}?{_ZONE}"
    rf"(?<!\d\sh)(?<!\d\shours)(?<!\d\shrs)",
    rf"{_NUM}\s?o'?\s?clock{_HALF_DAY}?{_ZONE}",
    rf"(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs?|hours|h)\b{_ZONE}",
    rf"(?<=\bat )(?:0\d|1\d|2[0-3])[0-5]\d(?![\w:.,/-]\d|\w){_ZONE}",
    rf"(?:(?:{_MIN}(?: minutes| mins)|{_ROUND}) (?:past|to|after|before|of|til|till|over) |{_MIN} (?:past|after) |half )(?:noon|midday|midnight|{_NUM}){_HALF_DAY}?{_ZONE}"
    rf"(?! (?:minutes|hours|days|weeks|months|years|people|dozen|other))(?!\d|[:.]\d)",
    rf"{_NUM}(?=\s?(?:-|to|till|until)\s?{_NUM}{_NOT_UNIT}(?![\w:/-]|\.\d)(?: (?:works?|suits?|is|would|on|today|tomorrow|also|this|every|and)|\s?[,.;!?)\uE00F]|$))",
    r"half past|(?:a )?(?:quarter|five|ten|twenty[- ]five|twenty) (?:past|to|of)(?= the hour| now|[.,;!?)\n]|$| (?:i|we|if|and|so|or|but|then|you|when|for|on|already|before|at)\b)|(?:five|ten|twenty|\d{1,2}) (?:minutes )?(?:past|to|after) the hour|top of the hour",
    rf"(?:(?:oh|zero)[- ](?:five|six|seven|eight|nine)[- ]hundred(?: hours)?|{_WORD_HOUR}[- ]hundred hours|(?<=\bat )(?:thir|four|fif|six|seven|eigh|nine)teen[- ]hundred)(?: and {_WORD_MINUTES})?{_ZONE}\b",
    rf"{_WORD_HOUR}[- ](?:(?:thir|four|fif|six|seven|eigh|nine)teen|eleven|twelve|(?:twenty|thirty|forty|fifty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?){_SPOKEN_END}{_HALF_DAY}?{_ZONE}\b",
    rf"{_NUM}[- ](?:thirty|fifteen|forty[- ]?five|twenty(?:[- ]?five)?|ten|oh[- ]?(?:one|two|three|four|five|six|seven|eight|nine)|fifty(?:[- ]five)?|forty|thirty[- ]?five)(?! (?:minutes|mins|hours)){_HALF_DAY}?{_ZONE}\b",
    r"(?:twelve |12 )?(?:noon|midday|midnight)\b",
    rf"(?:(?<=\bat )|(?<=\b@ )|(?<=\b@)|(?<=\bby )|(?<=\buntil )|(?<=\btill )|(?<=\btil )|(?<='til )|(?<=\bbefore )|(?<=\bafter )|(?<=\bfrom )|(?<=\bsince )|"
    rf"(?<=\bup to )|(?<=\bat least )|(?<=\bat most )|(?<=\bnow to )|(?<=\bb4 )|(?<=\baround )|(?<=\babout )|(?<=\bbetween )|(?<=\bgone )|(?<=\bstruck )|(?<=\bpast )|(?<=\bto be )|(?<=\bonwards from )|(?<=\bout )){_NUM}{_NOT_UNIT}(?![:.]?\d)(?!\w){_ZONE}(?:ish)?",
    rf"(?:(?<=\bfor )|(?<=\bour )|(?<=\bmy )|(?<=\bthe )|(?<=\bour \()){_NUM}(?: (?=interview|phone|call|slot|appointment|screening|video|telephone|meeting|chat))"
    rf"|(?:(?<=\bfor )|(?<=\bdue )){_NUM}{_NOT_UNIT}(?![:.]?\d)(?!\w)(?= ?(?:today|tomorrow|this|sharp|on|[.,;!?)\n]|$|and|but|in the|we|was|so|with|which|{_PART}|\()){_ZONE}",
    rf"(?:1[0-2]|[1-9])(?= (?:today|tomorrow|tonight|this (?:morning|afternoon|evening)|sharp|in the (?:morning|afternoon|evening)|on the dot|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
    rf"{_NOT_UNIT}",
    rf"(?:(?<=\uE001 or )|(?<=\uE001 to )|(?<=\uE001 and )|(?<=\uE001-)|(?<=\uE001 - )|(?<=\uE001 until )){_NUM}{_NOT_UNIT}(?![:.]\d)\b{_HALF_DAY}?",
    rf"(?:1[0-2]|[1-9])(?:\s?(?:-|to|til|till|until|or)\s?)(?=(?:1[0-2]|[1-9]){_HALF_DAY})",
]
_DAY = [
    rf"the day after {_TOMORROW}(?: {_PART})?|day after {_TOMORROW}",
    rf"(?:{_TODAY}|{_TOMORROW}|tonight|yesterday|ystrday|yday)(?:'s)?(?: {_PART}\b)?",
    rf"(?:this|that) (?:very )?{_PART}\b|last night|later today|end of (?:the )?(?:day|week)|the rest of the (?:day|week|{_PART})",
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![a-z])(?:,? \d{{4}})?",
    rf"{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:)(?:,? \d{{4}})?",
    r"the \d{1,2}(?:st|nd|rd|th)\b",
    r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?!\d|/)|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?(?!\d)",
    rf"(?:mon|tues|wednes|wendes|wensday|thurdays?|thursdy|teus|thurs|fri|satur|sun)(?<!wensday)days?(?:'s)?(?: (?:the )?\d{{1,2}}(?:st|nd|rd|th)\b)?(?: {_PART}\b)?|wensday",
    r"(?:(?<=\bon )|(?<=\bnext )|(?<=\blast )|(?<=\bthis )|(?<=\bfree )|(?<=\bor ))(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)\b\.?",
    r"(?:tues|weds|thurs|thur)\b",
    # Short days stand beside a time or one another: "Sat or Sun", "fri?", "Tue 9-11".
    r"(?:mon|tue|wed|thu|fri|sat|sun)(?=\.? ?(?:\uE001|\d|or\b|and (?:mon|tue|wed|thu|fri|sat|sun)|\?|/|\+|&|,? (?:the )?\d|am\b|pm\b|at \d|after|before|from|morning|afternoon|all day|any))\.?(?: \d{1,2}(?:st|nd|rd|th)?\b(?![:.]\d))?",
    rf"(?:this|next|coming|later this|early next) week(?! or)|(?:the )?weekend|any weekday|weekdays|"
    rf"(?:any|every|each|most) (?:weekday|working day|(?:week )?(?:day|{_PART}))\b(?: (?:this|next) week)?",
    rf"(?:all|the whole|whole|entire|the rest of the|rest of the) (?:day|{_PART})(?: long)?",
    rf"(?:in the|the|early|late|first thing in the) {_PART}\b|first thing|lunch ?time",
]
_LONG = r"(?:minutes?|mins?|minuets|hours?|hrs?|hr)"
_COUNT = (
    r"(?:\d{1,3}(?:\.5)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty[- ]?five|twenty|thirty|forty[- ]?five|forty|fourty|fifty|sixty|ninety|half an?|half|a few|few|"
    r"a couple of|couple of|several|three quarters of an?|quarter of an?|a quarter of an?|one and a half|two and a half)"
)
_SPAN = [
    rf"{_COUNT}(?: more| or so| extra| further)?[- ]{_LONG}\b(?: and a half| and a quarter)?",
    # "From 13h to 15h" are times.
    r"(?<!at )(?<!from )(?<!to )(?<!and )(?<!until )(?<!till )(?<!by )(?<!before )(?<!after )(?<!between )\d{1,3}\s?(?:m|min|mins|h|hr|hrs)\b",
    r"(?<=another )hour\b|(?<=next )hour\b|half[- ]hour|the hour\b(?<!past the hour)(?<!to the hour)|hour or (?:so|two)|hour and a half",
]
_DIGIT = r"(?:zero|oh|nought|naught|one|two|three|four|five|six|seven|eight|nine|o|\d{1,4})"
_SPOKEN = (
    rf"(?:(?:double|triple|treble)[- ])?{_DIGIT}(?:[,;.]?[- ]+(?:(?:double|triple|treble)[- ])?{_DIGIT})"
    + "{5,14}"
)
_PHONE = (
    r"(?<![\w.@/])(?:\+|\(\+?|00)?\d[\d\s().\-/\u00b7]{4,22}\d(?!\w|@)(?!\s?(?:am|pm|a\.m|p\.m)\b)"
)
_MAIL = r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+|\b\w+(?: dot \w+)* at \w+(?: dot \w+)+"


def _joined(patterns: list[str], before: str = r"(?<![\w:./-])") -> re.Pattern[str]:
    # The check of what stands before is made once a place, not once a pattern.
    return re.compile(before + "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")")


_READ_CLOCK, _READ_DAY, _READ_SPAN = _joined(_CLOCK), _joined(_DAY), _joined(_SPAN)
_READ_PAST = re.compile(
    # "It is fourteen hours and twelve minutes", as in Spanish and French.
    rf"(?<![\w:./-])(?:(?<=\bis )|(?<=\bat )|(?<=\bit's )|(?<=\bfor ))(?:{_HOUR_OF_24} hours? (?:and )?(?:\d{{1,2}}|{_MIN})(?: minutes)?\b|(?:1[3-9]|2[0-3]) hours\b(?!(?:,| of| ago| late| long| away| by| from| on| behind| ahead| a)? (?:ago|late|long|of|away|by|from|on|behind|ahead|a|per|week)\b))"
    rf"|(?<![\w:./-]){_MIN}(?: minutes| mins) (?:past|to|after|before) (?:noon|midday|midnight|{_NUM}|the hour)\b{_HALF_DAY}?"
)
_READ_AFTER = re.compile(
    rf"(?:\s?(?:-|to|or|and|til|till|until)\s?)(\d{{1,2}}[:.][0-5]\d(?:{_HALF_DAY})?(?!\d)|{_NUM}(?!\w|[:.]\d){_NOT_UNIT})"
)
_READ_PHONE, _READ_SPOKEN, _READ_MAIL = map(re.compile, (_PHONE, rf"\b{_SPOKEN}\b", _MAIL))


@dataclass(frozen=True)
class Mention:
    """A mention in the plain text: `start` to `end`.

    `value` is for a clock time minutes after midnight or noon (0-719), for a length minutes, for a
    day of the week 0-6 (Monday 0), for today 10, tomorrow 11, yesterday 9; None where it says less.
    `half` is ``am`` or ``pm`` where the clock time tells.
    """

    sign: str
    start: int
    end: int
    words: str
    value: int | None = None
    half: str = ""


def mentions(lower: str) -> list[Mention]:
    """Find what is mentioned in a text in lower case, in order, none across another."""
    found: list[Mention] = []
    taken = bytearray(len(lower))

    def keep(sign: str, start: int, end: int) -> None:
        if any(taken[start:end]):
            return
        taken[start:end] = b"\x01" * (end - start)
        words = lower[start:end]
        value, half = _value(sign, words)
        found.append(Mention(sign, start, end, words, value, half))

    digits = any(char.isdigit() for char in lower)
    if "@" in lower or " dot " in lower:
        for match in _READ_MAIL.finditer(lower):
            keep(MAIL, *match.span())
    if digits:
        for match in _READ_PHONE.finditer(lower):
            if _is_phone(match.group()):
                keep(PHONE, *match.span())
    for match in _READ_SPOKEN.finditer(lower):
        words = re.split(r"[\s,;.-]+", match.group())
        if sum(not word.isdigit() for word in words) >= 3:
            keep(PHONE, *match.span())
    # "Six minutes past eleven" is a time; "six minutes" alone is a length.
    for match in _READ_PAST.finditer(lower):
        keep(CLOCK, *match.span())
    for match in _READ_SPAN.finditer(lower):
        keep(SPAN, *match.span())
    for match in _READ_CLOCK.finditer(lower):
        keep(CLOCK, match.start(), match.end() - (len(match.group()) - len(match.group().rstrip())))
    # "6 or 7": the second belongs to a time already found.
    for one in [mention for mention in found if mention.sign == CLOCK]:
        after = _READ_AFTER.match(lower, one.end)
        if after:
            keep(CLOCK, *after.span(1))
    for match in _READ_DAY.finditer(lower):
        keep(DAY, *match.span())
    return sorted(found, key=lambda mention: mention.start)


def _is_phone(words: str) -> bool:
    digits = re.sub(r"\D", "", words)
    if not 7 <= len(digits) <= 15 or re.fullmatch(r"[\d\s]*(?:19|20)\d\d\s*", words):
        return False
    if re.match(r"\d{1,2}[.:]\d{2}(?!\d)", words) or re.search(
        r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d", words
    ):
        return False
    return _possible(digits, "+" in words)


@lru_cache(maxsize=4096)
def _possible(digits: str, abroad: bool) -> bool:
    # Any country's: the kit does not know where the person is. A local number is one too.
    import phonenumbers

    tries = [("+" + digits, None)] if abroad else [(digits, home) for home in ("US", "GB", "DE")]
    for number, home in tries:
        try:
            if phonenumbers.is_possible_number(phonenumbers.parse(number, home)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return 7 <= len(digits) <= 13


def _number(words: str) -> int | None:
    words = words.strip()
    if words.isdigit():
        return int(words)
    if words in {"a", "an"}:
        return 1
    if words in NUMBERS:
        return NUMBERS.index(words)
    tens, _, ones = words.replace("-", " ").partition(" ")
    if tens in _TENS:
        return _TENS[tens] + (NUMBERS.index(ones) if ones in NUMBERS else 0)
    for tens, value in _TENS.items():
        if words.startswith(tens) and words[len(tens) :] in NUMBERS:
            return value + NUMBERS.index(words[len(tens) :])
    return None


def _value(sign: str, words: str) -> tuple[int | None, str]:
    if sign == CLOCK:
        return _clock_value(words)
    if sign == SPAN:
        return _span_value(words), ""
    if sign == DAY:
        return _day_value(words), ""
    return None, ""


_IN_HOURS = re.compile(
    r"(?:oh |oh-|zero |zero-)?(\d{1,2}|[a-z]+)[- ](?:hours?|hundred)\b(?: hours)?(?: and)? ?([a-z]+(?:[- ][a-z]+)?|\d{1,2})?"
)


def _clock_value(words: str) -> tuple[int | None, str]:
    half = (
        "am"
        if re.search(r"\d\s?a\.?m|o'clock a", words)
        else "pm"
        if re.search(r"\d\s?p\.?m", words)
        else ""
    )
    if "noon" in words or "midday" in words or "midnight" in words:
        base: int | None = 0
        half = "pm"
    else:
        base = None
    if re.search(r"(?:past|to|of|hour)$", words):
        return None, half  # "ten past": of which hour, the rest of the draft tells
    past = re.match(
        r"(?:a )?(five[- ]and[- ]twenty|[a-z]+(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|\d+)(?: minutes| mins)? (past|to|after|before|of|til|till|over) ([a-z]+|\d+)",
        words,
    )
    if past:
        minutes = {"quarter": 15, "half": 30}.get(past[1]) or (
            25 if past[1].endswith("twenty") and past[1] != "twenty" else _number(past[1])
        )
        hour = 12 if past[3] in {"noon", "midday", "midnight"} else _number(past[3])
        if minutes is None or hour is None:
            return None, half
        back = past[2] not in {"past", "after", "over"}
        return (hour * 60 + (-minutes if back else minutes)) % 720, half
    if base is not None:
        return base, half
    if match := _IN_HOURS.match(words):
        hour, minutes = _number(match[1]), _number(match[2] or "zero")
        minutes = {"quarter": 15, "half": 30}.get(match[2]) or minutes
        if hour is None:
            return None, half
        return (hour * 60 + (minutes or 0)) % 720, half or ("pm" if hour > 12 else "")
    if match := re.match(r"half ([a-z]+|\d+)", words):
        hour = _number(match[1])
        return (None if hour is None else (hour * 60 + 30) % 720), half
    if match := re.match(r"(\d{1,2})[:.h](\d\d)", words) or re.match(r"(\d\d)(\d\d)", words):
        hour = int(match[1])
        if not half and hour > 12:
            half = "pm"
        return (hour * 60 + int(match[2])) % 720, half
    if match := re.match(r"(\d{1,2})", words):
        if not half and int(match[1]) > 12:
            half = "pm"
        return int(match[1]) * 60 % 720, half
    first, _, rest = re.sub("^(?:oh|zero) ", "", words.replace("-", " ")).partition(" ")
    hour = _number(first)
    if hour is None or hour > 19:
        return None, half
    if hour > 12:
        half = half or "pm"
    minutes = _number(rest.replace("oh ", "").split(" p")[0].split(" a")[0]) or 0
    return (hour * 60 + (minutes if minutes < 60 else 0)) % 720, half


def _span_value(words: str) -> int | None:
    extra = 30 if "and a half" in words else 15 if "and a quarter" in words else 0
    words = words.replace("-", " ")
    hours = bool(re.search(r"\bh(?:ou)?rs?\b|\dh\b", words))
    if re.search(r"three quarters", words):
        return 45
    if "quarter of" in words:
        return 15
    if re.match(r"half\b", words):
        return 30
    if re.match(r"(?:a )?(?:few|couple|several)", words):
        return None
    lead = re.match(r"[a-z]+(?: five)?|\d+", words)
    number = _number(lead[0]) if lead else None
    if number is None:
        number = _number(words.split()[0])
    if words == "hour":
        return 60
    return None if number is None else number * (60 if hours else 1) + extra * (1 if hours else 0)


def _day_value(words: str) -> int | None:
    for value, pattern in (
        (12, r"^(?:the )?day after"),
        (10, rf"{_TODAY}|tonight|^this (?!week)|later today"),
        (11, _TOMORROW),
        (9, "yesterday|ystrday|yday|last night"),
    ):
        if re.search(pattern, words):
            return value
    for index, name in enumerate(WEEKDAYS):
        if words.startswith(name[:3]):
            return index
    return None
