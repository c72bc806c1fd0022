"""The languages and voices that messages are written in, and each language's words for days and counts.

The words stand beside the templates, as data; day names and clock times come from Babel (CLDR).
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from whenever import ZonedDateTime

from interview_coach.errors import KitError
from interview_coach.language import _, speaking
from interview_coach.playbook.loader import DATA
from interview_coach.times import Clock, clock_time, day_words

__all__ = ["LANGUAGES", "VOICES", "Words", "language_words"]

VOICES = ("plain", "warm", "formal")
"""How a message can sound."""

LANGUAGES: Mapping[str, str] = {
    "en": "English",  # unmarked: each as its readers name it
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",  # unmarked: as above
}
"""Code and own name of each language that there are templates in."""


class Greeting(BaseModel):
    """How a reader is greeted: by the first expression that fits the name, or without a name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: tuple[tuple[str, str], ...] = Field(min_length=1)
    nobody: str


class Words(BaseModel):
    """What a language says around the blanks; ``{...}`` is filled by the kit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    locale: str
    subject: str
    today: str
    tomorrow: str
    yesterday: str
    day: str
    date: str = "full"
    time: str = "{time}"
    until_other_day: str
    in_zone: str
    times: tuple[str, str, str]
    either: str
    role: str
    greeting: Mapping[Literal["plain", "warm", "formal"], Greeting]

    def on_day(self, moment: ZonedDateTime, now: ZonedDateTime) -> str:
        """Name the day of a moment from where the reader stands: today, or its date."""
        # A message speaks its own language, whatever the page around it speaks.
        with speaking("en"):
            near = day_words(moment, now)
        if near in {"today", "tomorrow", "yesterday"}:
            return str(getattr(self, near))
        if self.locale == "en":
            return self.day.format(date=near)
        from babel.dates import format_date

        plain = moment.date().to_stdlib()
        return self.day.format(date=format_date(plain, self.date, locale=self.locale))

    def at_time(self, moment: ZonedDateTime, clock: Clock, city: str = "") -> str:
        """Write a clock time as the language does; `city` says whose clock, where two differ."""
        if self.locale == "en":
            with speaking("en"):
                time = clock_time(moment, clock)
        else:
            from babel.dates import format_time

            plain = moment.to_plain().to_stdlib().time()
            time = format_time(plain, format="short", locale=self.locale)
        time = self.time.format(time=time)
        return self.in_zone.format(time=time, city=city) if city else time

    def how_often(self, count: int) -> str:
        """Say a count: once, twice, 3 times."""
        return self.times[min(count, 3) - 1].format(count=count)

    def one_of(self, texts: tuple[str, ...]) -> str:
        """Join choices: this, that or a third."""
        *first, last = (text.strip(" .,;") for text in texts)
        return f"{', '.join(first)} {self.either} {last}" if first else last

    def greet(self, reader: str, voice: str) -> str:
        """Greet the reader; "" stands for nobody known."""
        greeting = self.greeting[voice]  # type: ignore[index]  # checked by whoever asks
        if not reader:
            return greeting.nobody
        for fits, says in greeting.named:
            if re.match(rf"(?:{fits})(?:\s|$)" if fits else "", reader):
                return says.format(reader=reader)
        return greeting.nobody


@lru_cache(maxsize=len(LANGUAGES))
def language_words(language: str) -> Words:
    """Load the words of a language.

    Raises
    ------
    KitError
        If there is no such language, or its words do not fit; all faults at once.
    """
    if language not in LANGUAGES:
        known = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())
        raise KitError(
            _("language: {language!r} is not known; use one of {known}.").format(
                language=language, known=known
            )
        )
    path = DATA / "templates" / language / "words.toml"
    try:
        words = Words.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KitError(f"templates/{language}/words.toml: {error}.") from None  # unmarked: a file
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        )
        raise KitError(f"templates/{language}/words.toml: {faults}.") from None  # unmarked: a file
    return words
