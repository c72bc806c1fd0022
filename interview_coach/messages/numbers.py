"""Check a telephone number as a person typed it: can it be one at all, and how is it dialled (B1, F6)."""

import re
from typing import Any

from interview_coach.language import _
from interview_coach.wording import counted

__all__ = ["number_words"]

_FEWEST, _MOST = 7, 13  # digits of a number without its country's code
_EXTENSION = re.compile(
    r"(?i)[\s,;]*(?:\bext(?:ension|n)?\b\.?|\bx(?=\s?\d)|(?<=\d)x(?=\s?\d)|#|durchwahl|poste)\s*:?\s*(\d{1,6})\W*$"
)
# What is dialled before a country's code: 00 in most countries, 011 in North America, 0011 in Australia.
_ABROAD = re.compile(r"\(?(?:\+|0011(?=[\s.)-])|011(?=[\s.)-])|00)\)?")
# Kept free for films and examples, and so not in the lists of numbers that are given out
# (NANPA: 555-0100 to 555-0199; Ofcom, "Telephone numbers for use in TV and radio drama").
_INVENTED = re.compile(
    r"1(?!555|.11)[2-9]\d\d55501\d\d|44(?:1632960|7700900|3069990)\d{3}|44(?:808157|909879)0\d{3}"
)


def number_words(given: str) -> str:
    """Say of a number whether it can be right; "" where none is given.

    Without the code of a country only its length can be told. An extension is named, not counted.
    """
    typed = " ".join(given.split())
    if not typed:
        return ""
    shown = typed if len(typed) <= 40 else f"{typed[:40]}…"
    extension = _EXTENSION.search(typed)
    number = re.sub(r"^[^\d+(]+", "", typed[: extension.start()] if extension else typed).strip()
    digits = _digits(number)
    if not digits:
        return _(
            "There is no number in “{typed}”: type the digits as they stand in the invitation."
        ).format(typed=shown)
    after = (
        " " + _("Extension {extension} comes after it.").format(extension=extension[1])
        if extension
        else ""
    )
    prefix = _ABROAD.match(number)
    shown = number if len(number) <= 40 else f"{number[:40]}…"
    if len(set(digits)) == 1 and len(digits) >= _FEWEST:
        same = _("{number} has the same digit throughout: compare it with the invitation.")
        return same.format(number=shown) + after
    if prefix and _digits(number[prefix.end() :]):
        return _abroad(number[prefix.end() :]) + after
    if digits.startswith("011") and len(digits) >= _MOST and _possible(digits[3:]):
        return _abroad(digits[3:]) + after
    if len(digits) < _FEWEST:
        says = _("{number} has only {digits}: one or more seem to be missing.")
    elif len(digits) > _MOST:
        says = _("{number} has {digits}, too many for a number: some seem to be double.")
    else:
        says = _(
            "{number} has {digits}, which can be right. From abroad it needs the country's code first."
        )
    return says.format(number=shown, digits=_counted(digits)) + after


def _abroad(rest: str) -> str:
    """Judge a number that has its country's code, without the plus."""
    import phonenumbers

    digits, typed = _digits(rest), f"+{rest.strip(' +-.')[:40]}"
    try:
        read = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            return _(
                "No country has a code like that of {number}: check the digits after the plus."
            ).format(number=typed)
        return _(
            "{number} has too few or too many digits for a number: compare them one by one."
        ).format(number=typed)
    reason, right = phonenumbers.is_possible_number_with_reason(read), phonenumbers.ValidationResult
    if reason != right.IS_POSSIBLE:
        # "+1 555 0100" could be dialled within one town only, and then without the country's code.
        wrong = {
            right.IS_POSSIBLE_LOCAL_ONLY: _(
                "{number} has too few digits for its country (the area's code is missing): compare "
                "them one by one."
            ),
            right.TOO_SHORT: _(
                "{number} has too few digits for its country: compare them one by one."
            ),
            right.TOO_LONG: _(
                "{number} has too many digits for its country: compare them one by one."
            ),
        }.get(
            reason,
            _("{number} has too few or too many digits for its country: compare them one by one."),
        )
        return wrong.format(number=typed)
    shown = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if phonenumbers.is_valid_number(read) or _is_invented(read):
        return _("{number} can be a number. Compare it digit by digit with the invitation.").format(
            number=shown
        )
    return _(
        "{number} has the right length, but no number of its country is known to begin like that: "
        "compare it digit by digit with the invitation."
    ).format(number=typed)


def _possible(digits: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}", None)))
    except phonenumbers.NumberParseException:
        return False


def _is_invented(read: Any) -> bool:
    return bool(_INVENTED.fullmatch(f"{read.country_code}{read.national_number}"))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _counted(digits: str) -> str:
    return counted(len(digits), "{n} digit", "{n} digits")
