"""The language that the kit speaks: English as it stands in the code, any other from a catalogue.

A text for people is written in English where it is used, inside `_`, and the English is its key in
the catalogues under ``locale``. English loads nothing. What is made when a module is imported
(a table of labels) is marked with `N_` and translated with `_` where it is shown. How to add texts
and languages: docs/translating.md.
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

from interview_coach.errors import KitError

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "LOCALE",
    "N_",
    "OFFERED",
    "_",
    "chosen",
    "current",
    "ngettext",
    "ngettext_noop",
    "pgettext",
    "speaking",
    "use",
    "use_here",
]

LOCALE = Path(__file__).parent / "locale"
"""The folder of the catalogues: one folder a language, one file for each part of the kit."""

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "es": "Español"}  # unmarked: each in its own words
"""Every language that the kit can be set to, by its code, each named as its readers name it."""

OFFERED: tuple[str, ...] = (ENGLISH, "es")
"""The languages that are complete, and so stand in the bar of every page."""

ENVIRONMENT = "INTERVIEW_COACH_LANGUAGE"

# A whole process speaks for one person (a kernel, a command) but for parts that are set apart.
_process = ENGLISH
_apart: ContextVar[str | None] = ContextVar("interview_coach_language", default=None)


def current() -> str:
    """Give the code of the language that is being spoken."""
    return _apart.get() or _process


def use(language: str) -> None:
    """Speak a language from now on, in the whole process.

    Raises
    ------
    KitError
        If the kit does not know it.
    """
    global _process
    _process = _known(language, "language")


def use_here(language: str) -> None:
    """Speak a language in this task or thread from now on: for a server that answers several people."""
    _apart.set(_known(language, "language"))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language within a block; other threads and requests are not touched."""
    token = _apart.set(_known(language, "language"))
    try:
        yield
    finally:
        _apart.reset(token)


def chosen(environment: Mapping[str, str] | None = None, house: Path | str = "coach.toml") -> str:
    """Say which language the person wants.

    The address of the page (``?language=es``) comes first, then the environment
    (``INTERVIEW_COACH_LANGUAGE``), then ``language = "es"`` in the coach's own settings.

    Parameters
    ----------
    environment : mapping, optional
        The process's own unless given; Voilà hands the page's query on in ``QUERY_STRING``.
    house : path
        The coach's ``coach.toml``; a file that is not there, or cannot be read, says nothing.

    Raises
    ------
    KitError
        If the settings name a language that the kit does not know. An address that does is
        passed over: it may come from anywhere.
    """
    environment = os.environ if environment is None else environment
    asked = parse_qs(environment.get("QUERY_STRING", "")).get("language", [""])[-1]
    if asked in LANGUAGES:
        return asked
    if environment.get(ENVIRONMENT):
        return _known(environment[ENVIRONMENT], ENVIRONMENT)
    said = _in_settings(Path(house))
    return ENGLISH if said is None else _known(said, f"{Path(house).name}, language")


def _in_settings(house: Path) -> object:
    # What else is wrong with the file is said by whoever needs it; it must not change the language.
    try:
        return tomllib.loads(house.read_text(encoding="utf-8-sig")).get("language")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return None


def _known(language: object, where: str) -> str:
    code = language.strip().lower() if isinstance(language, str) else language
    if code not in LANGUAGES:
        known = _(" or ").join(f"'{key}' ({name})" for key, name in LANGUAGES.items())
        says = _("{where}: {language!r} is not a language of the kit; use {known}.")
        raise KitError(says.format(where=where, language=language, known=known))
    return str(code)


def N_(text: str) -> str:  # the name that translators' tools know
    """Mark a text for the catalogue and leave it as it is; `_` translates it where it is shown."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a text, as `N_` does one; hand them to `ngettext` where it is shown."""
    return one, many


def _(text: str) -> str:
    """Give a text in the language that is being spoken; as it is where there is no translation."""
    return _found("", text)


def pgettext(context: str, text: str) -> str:
    """Translate a text that means different things in different places; `context` says which."""
    return _found(context, text)


def ngettext(one: str, many: str, number: int) -> str:
    """Give the form of a text that agrees with a number."""
    language = current()
    if language != ENGLISH:
        texts = _texts(language)
        forms = texts.forms.get(("", one))
        if forms is not None and len(forms) > 1:
            return forms[texts.plural(number)] or one
    return one if number == 1 else many


def _found(context: str, text: str) -> str:
    language = current()
    if language == ENGLISH or not text:
        return text
    forms = _texts(language).forms.get((context, text))
    return forms[0] if forms and forms[0] else text


class _Texts(NamedTuple):
    forms: Mapping[tuple[str, str], tuple[str, ...]]
    plural: Callable[[int], int]


@lru_cache(maxsize=8)
def _texts(language: str) -> _Texts:
    """Read the catalogues of a language, all parts as one."""
    from gettext import c2py

    from babel.messages.pofile import read_po

    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    plural = "n != 1"
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        plural = catalogue.plural_expr
        for message in catalogue:
            said, key = message.string, message.id
            if message.id and not message.fuzzy:
                key = key if isinstance(key, str) else key[0]
                said = (said,) if isinstance(said, str) else said
                forms[message.context or "", key] = tuple(said or ())
    return _Texts(forms, c2py(plural))
