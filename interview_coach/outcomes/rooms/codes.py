"""The code that lets a phone into a room: easy to read out and to type, too many to be guessed.

No vowels, so that it spells nothing, and of signs that look or sound alike only one: no 0 and O, 1, I
and L, 2 beside Z, 5 beside S, 6 beside G, 8 beside B, U beside V. Twenty-two signs, eight of them: about
5.5 * 10 ** 10 codes. How long guessing takes at the rate that the server allows stands in
``docs/workshop.md``.
"""

import secrets

__all__ = ["ALPHABET", "LENGTH", "new_code", "read_code", "spaced"]

ALPHABET = "BCDFGHJKMNPRSTVWXZ3479"
LENGTH = 8


def new_code() -> str:
    """Draw a code, every one as likely as any other."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """Read a code as somebody typed it: in small letters, with spaces or hyphens.

    Returns
    -------
    str
        As `new_code` gives it; "" if it can be none.
    """
    code = "".join(
        sign for sign in typed.upper() if not (sign.isspace() or sign in "-.\u2010\u2013")
    )
    return code if len(code) == LENGTH and all(sign in ALPHABET for sign in code) else ""


def spaced(code: str) -> str:
    """Write a code in two halves, as it is read out."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
