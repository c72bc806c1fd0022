"""A draft made plain for reading: one dash and quotation mark, no mail quoted below, places kept."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Cleaned", "clean"]

_SAME = {
    **dict.fromkeys("\u2018\u2019\u201b\u0060\u00b4\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
    "\u2014": "\u2014",
    "\t": " ",
    "\n": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u2026": "\u2026",
}
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|br|hr|ul|ol|li|td|tr|div|img|svg|font|span|html|body|head|table|style|"
    r"script|strong|iframe|h[1-6])(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_PLAIN = str.maketrans(_SAME)
# Lines of the mail that is answered, and what mail programs put above it ("On ... wrote:").
_QUOTED = re.compile(r"^[ \t]*(?:>(?!>)|>>+ ).*$", re.MULTILINE)
_ABOVE = re.compile(
    r"^[ \t]*(?:on [^\n]{6,100}(?:\n[^\n]{1,80})? wrote:"  # unmarked: what is read
    r"|-{2,} ?(?:original message|forwarded message) ?-{2,}|begin forwarded message:"
    r"|\*?from:\*? [^\n]+\r?\n\*?(?:sent|date|to):\*? )",
    re.IGNORECASE | re.MULTILINE,
)
# Whatever is not written with the letters and signs of Western languages, and what is left out or may grow.
_ODD = re.compile(
    r"[^\t\n -\x7e\u00a1-\u00ac\u00ae-\u012f\u0131-\u017f\u2010-\u2026\u2032\u2033]|<[/a-zA-Z]|\r"
)


@dataclass(frozen=True)
class Cleaned:
    """The plain text, in lower case too, and where each of its characters stands in the draft."""

    text: str
    lower: str
    at: Sequence[int]
    tags: bool

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Turn a range of the plain text into one of the draft."""
        if start >= end:
            return (0, 0)
        return self.at[start], self.at[end - 1] + 1


def clean(draft: str) -> Cleaned:
    """Make a draft plain; invisible marks, tags, control characters and quoted mail are left out."""
    draft = _own(draft)
    if not _ODD.search(draft):
        # Nothing to leave out: what is plain already, or has one plain sign for each.
        text = draft.translate(_PLAIN)
        return Cleaned(text, text.lower(), range(len(draft)), tags=False)
    hidden = {place for tag in _TAG.finditer(draft) for place in range(*tag.span())}
    chars: list[str] = []
    lower: list[str] = []
    at: list[int] = []
    for place, char in enumerate(draft):
        plain = " " if place in hidden else _SAME.get(char, char)
        if plain == char and not char.isascii():
            category = unicodedata.category(char)
            if category in {"Cf", "Mn"} and not ("\ufe00" <= char <= "\ufe0f"):
                if category == "Cf":
                    continue
            elif category == "Zs":
                plain = " "
            elif category == "Co":
                plain = "\ufffd"  # our own marks are of this kind
            elif "\uff01" <= char <= "\uff5e":
                plain = unicodedata.normalize("NFKC", char)
        elif char == "\r":
            if draft[place + 1 : place + 2] == "\n":
                continue
            plain = "\n"
        elif plain == char and char < " ":
            plain = " " if char != "\n" else char
        small = plain.lower()
        chars.append(plain)
        lower.append(small if len(small) == 1 else plain)
        at.append(place)
    return Cleaned("".join(chars), "".join(lower), tuple(at), bool(hidden))


def _own(draft: str) -> str:
    """Blank out the mail quoted in an answer: it is the reader's, and says nothing of the writer."""
    own = draft
    above = _ABOVE.search(draft)
    if above is not None and draft[: above.start()].strip():
        # With ">" before each line they end of themselves, else all below belongs to it.
        quoted = _QUOTED.search(draft, above.end())
        own = _blank(draft, above.start(), above.end() if quoted else len(draft))
    if ">" in own:
        own = _QUOTED.sub(lambda line: " " * len(line[0]), own)
    return own if own.strip() else draft


def _blank(draft: str, start: int, end: int) -> str:
    return draft[:start] + re.sub(r"[^\r\n]", " ", draft[start:end]) + draft[end:]
