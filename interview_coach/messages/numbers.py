"""Check a telephone number as a person typed it: can it be one at all, and how is it dialled (B1, F6)."""

import re

__all__ = ["number_words"]

_FEWEST, _MOST = 7, 13  # digits of a number without its country's code


def number_words(given: str) -> str:
    """Say of a number whether it can be right; "" where none is given.

    Without the code of a country only its length can be told.
    """
    import phonenumbers

    digits = re.sub(r"\D", "", given)
    if not given.strip():
        return ""
    if not digits:
        return "There is no number in it: type the digits as they stand in the invitation."
    if given.strip().startswith(("+", "00")):
        number = "+" + (digits[2:] if given.strip().startswith("00") else digits)
        try:
            read = phonenumbers.parse(number, None)
        except phonenumbers.NumberParseException:
            return f"No country has a code like that of {number}: check the digits after the plus."
        if not phonenumbers.is_possible_number(read):
            return (
                f"{number} has too few or too many digits for its country: compare them one by one."
            )
        shown = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        return f"{shown} can be a number. Compare it digit by digit with the invitation."
    if len(digits) < _FEWEST:
        return f"It has only {len(digits)} digits: one or more seem to be missing."
    if len(digits) > _MOST:
        return f"It has {len(digits)} digits, too many for a number: some seem to be double."
    return f"It has {len(digits)} digits, which can be right. From abroad it needs the country's code first."
