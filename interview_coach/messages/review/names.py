"""Who writes: the name that a draft says or signs, and where."""

import itertools
import re

__all__ = ["CLOSING", "sender"]

_WORD = r"(?:[^\W\d_a-z][\w'.\u2019-]*)"
_SMALL = (
    r"(?:de|da|dos|das|del|della|der|den|van|von|bin|binti|ibn|al|el|la|le|y|e|ter|ten|af|zu|d'|o')"
)
_NAME = rf"{_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD}){{0,4}}"
CLOSING = (
    r"(?:(?:with )?(?:(?:my|kind|kindest|best|warm|warmest|many|very|with|friendly|most|all the|sincere|good) ?)*"
    r"(?:regards|wishes|thanks|thank you|greetings|best|sincerely|respectfully|cordially|faithfully|truly|yours|gratefully|"
    r"cheers|respect|warmly|appreciatively|rgds|thx|ta|love|peace|laters|later|bye|thanking you|in anticipation|"
    r"gratitude|appreciation|xo+x*o*|x+|hugs|kisses|catch (?:you|u)(?: round| later| soon)?|take care|talk soon|speak soon|see you(?: soon)?|cya|ciao|all the best|all best|br|kr)"
    r"(?: (?:again|so much|a lot|very much|in advance|for your (?:time|help|patience|understanding|consideration|trouble)|"
    r"and (?:kind |best |warm )?(?:regards|wishes|friendly greetings)|and have a (?:good|nice|great) (?:day|one)|"
    r"sincerely|faithfully|truly|respectfully|and best|then|mate|everyone|all))*)"
)
_NOT_NAME = re.compile(
    r"(?i)^(?:thanks?|thx|regards|best|kind|warm|hello|hi|hey|dear|please|sorry|applicant|candidate|hr|team|sent|get outlook|"
    r"yes|no|ok|okay|good|bye|goodbye|cheers|looking|talk|speak|subject|re|p\.?s|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|today|tomorrow|i|i'm|we|you|it|my|the|this|that|your|our|and|so|again|hope|sincerely|yours|respectfully|"
    r"cordially|warmly|mr|mrs|ms|miss|dr|prof|professor|sir|madam|mobile|tel|phone|cell|email|voicemail|interview|also|just|"
    r"have|all|any|can|could|would|if|me|a|an|is|at|on|for|let|see|call|really|very|great|perfect|fine|tel|peace|laters)\b|^[a-z]\.?$"
)
_JOB = re.compile(
    r"(?i)\b(?:interview|position|role|job|candidate|applicant|application|regards|wishes|thanks|thank you|"
    r"sincerely|interviewer|number|wednesday|monday|tuesday|thursday|friday|iphone|android|street|road)\b"
)
_SAYS = re.compile(
    rf"(?:(?:[Tt]his(?: is|'s)|[Ii]t(?:'s| is|s)|(?:[Mm]y )?[Nn]ame(?: is|'s|s)|I(?:'m| am)|[Ii]'?m|[Yy]our candidate|[Ss]peaking is|[Yy]ou(?:'re| are) (?:through|speaking|talking) to|here is|[Hh]ere(?:'s| is| speaks)|[Mm]e,|called|me is|[Mm]yself|(?<=, )is) +"
    rf"(?:just |only |actually |again |still )?(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.? )?)({_NAME})"
)
_SAYS_LOW = re.compile(
    r"(?:this is|it'?s|it is|i'?m|i am|my name(?:'?s| is)|name(?:'?s| is)) ([a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2}?)(?= (?:here|calling|ringing|phoning|speaking|from the|again|for the|about|its?|it's|i|im|i'm|sorry)\b|\s*[,.!;\n-]|$)"
)
_NAMED_LOW = re.compile(r"(?:my name(?:'?s| is)|name'?s) ([a-z][a-z'-]+(?: [a-z][a-z'-]+)?)")
_HERE = re.compile(
    rf"(?:^|(?<=[.,!?;:\n]\s)|(?<=\n)|(?<=\u2014 ))(?:(?:[Ii]t(?:'s| is)|[Yy]es,?|[Yy]eah,?|[Oo]h,?|[Uu]m,?|[Hh](?:i|ello|ey),?|[Aa]nd) ){{0,3}}((?:{_NAME}))(?:,? (?:here|speaking|calling|ringing|phoning|again here|on the line|on the phone|on this side|for (?:the|my|our)|this side|leaving (?:you )?a|returning|writing|again)\b)"
)
_LOW_WORDS = frozenset(
    [
        "a",
        "about",
        "again",
        "also",
        "an",
        "and",
        "around",
        "at",
        "awful",
        "bad",
        "been",
        "busy",
        "calling",
        "clear",
        "currently",
        "due",
        "early",
        "easier",
        "fine",
        "for",
        "free",
        "from",
        "glad",
        "going",
        "gonna",
        "good",
        "gutted",
        "happy",
        "here",
        "i",
        "important",
        "in",
        "it",
        "its",
        "just",
        "keen",
        "late",
        "looking",
        "me",
        "meant",
        "my",
        "near",
        "no",
        "not",
        "now",
        "off",
        "ok",
        "on",
        "only",
        "open",
        "our",
        "out",
        "past",
        "phoning",
        "possible",
        "pretty",
        "probably",
        "quite",
        "ready",
        "really",
        "regarding",
        "regards",
        "ringing",
        "running",
        "so",
        "sorry",
        "still",
        "supposed",
        "sure",
        "terrible",
        "that",
        "the",
        "there",
        "they",
        "this",
        "through",
        "to",
        "today",
        "too",
        "trying",
        "unacceptable",
        "up",
        "very",
        "waiting",
        "we",
        "well",
        "what",
        "when",
        "where",
        "writing",
        "wondering",
        "wrong",
        "your",
        "home",
        "back",
        "able",
        "afraid",
        "available",
        "around",
        "confirming",
    ]
)

# What a message may end in besides a name.
_LAST_WORDS = frozenset(
    [
        "mate",
        "pal",
        "man",
        "love",
        "indeed",
        "always",
        "whenever",
        "whichever",
        "anytime",
        "asap",
        "urgently",
        "anyway",
        "though",
        "honestly",
        "promise",
        "hopefully",
        "tonight",
        "soon",
        "everyone",
        "everybody",
        "all",
        "folks",
        "guys",
        "team",
        "much",
        "lots",
        "again",
        "everything",
        "waiting",
        "understanding",
        "patience",
        "kindly",
        "thanks",
        "thx",
        "ty",
        "tysm",
        "thanx",
        "cheers",
        "bye",
        "advance",
        "time",
        "help",
        "consideration",
        "right",
        "lol",
        "haha",
        "yeah",
        "yep",
        "nope",
        "bruv",
        "bro",
        "dear",
        "ever",
        "either",
        "maybe",
        "perhaps",
        "instead",
        "lads",
    ]
)


def sender(text: str) -> tuple[int, int] | None:
    """Find the writer's own name in the plain text; None where none is said or signed.

    A blank ("[Your name]") is no name, nor is the reader's.
    """
    return _signed(text) or _said(text)


def _good(name: str) -> bool:
    return (
        not _NOT_NAME.match(name)
        and not _JOB.search(name)
        and not re.search(r"[\[\]{}_<>@\d]", name)
        and len(name) >= 2
        and any(char.isalpha() for char in name)
    )


def _signed(text: str) -> tuple[int, int] | None:
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\n]+", text)]
    for back, (start, line) in enumerate(reversed(lines)):
        if back > 4:
            break
        words = line.strip()
        if re.match(r"(?i)p\.?\s?s\b|sent from", words):
            continue
        place = _name_at_end(start, line, alone=back < len(lines) - 1, low=text == text.lower())
        if place is not None:
            return place
        if not re.search(r"[\d@]|http", words) and len(words.split()) > 6:
            break
    return None


def _name_at_end(start: int, line: str, *, alone: bool, low: bool) -> tuple[int, int] | None:
    # What may follow a name on its line: a number, an address, a title; blanks are no names.
    tail = r"(?:\s*[,|(/\u2014-]*\s*(?:[A-Za-z]{1,10}[.:]?\s*)?[+()\d][\d\s().+/-]{5,}|\s*[,|(-]\s*[\w.+-]+@\S+|\s*\([^)]*\)|\s*\[[^\]]*\]|\s*,\s*(?!(?:and|but|so|i|i'm|if|we|my|thank\w*)\b)[^\n,.!?]{2,40})?"
    whole = re.match(
        rf"\s*(?:[-\u2014~*]+\s*)?(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx|Md)\.? )?({_NAME}){tail}\s*\.?\s*$",
        line,
    )
    if (
        whole
        and alone
        and _good(whole[1])
        and "?" not in line
        and "!" not in line
        and len(whole[1].split()) <= 6
    ):
        return start + whole.start(1), start + whole.end(1)
    closing = _named(
        rf"(?i:(?:^|[\s.!?,;\u2014-]){CLOSING})\s*[,.!\u2014-]*\s+(?:from )?({_NAME}){tail}\s*\.?\s*$",
        line,
    )
    if closing:
        return start + closing.start(1), start + closing.end(1)
    after = _named(
        rf"(?:[.!?)\u2014,;:]|\s-+|[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?)\s*(?:x+ |from |[-\u2014~]\s?)?(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx)\.? )?((?:{_WORD}) ?(?:(?:{_SMALL} ){{0,2}}{_WORD} ?){{0,3}}){tail}\s*\.?\s*$",
        line,
    )
    if after and not line[: after.start()].rstrip().lower().endswith(("dear", "hello", "hi")):
        greeted = re.match(r"(?i)\s*(?:dear|hello|hi|hey|good \w+)\b[^.!?]*$", line)
        if not greeted:
            return start + after.start(1), start + after.start(1) + len(after[1].strip())
    if low or line.strip() == line.strip().lower():
        small = re.match(
            rf"\s*(?:[-\u2014~]+\s*|(?i:{CLOSING})[,.!]?\s+)([a-z][a-z'-]+(?: [a-z][a-z'-]+){{0,2}}){tail}\s*\.?\s*$",
            line,
        )
        # "thank you so much shannon", "when can we talk again? ryan": the last words of all.
        last = (
            None
            if alone
            else re.search(
                rf"(?i:\b{CLOSING}[,.!]?\s+([a-z][a-z'-]{{2,}}(?: [a-z][a-z'-]+)?)|[.!?]\s+([a-z][a-z'-]{{2,}}))\s*$",
                line,
            )
        )
        bare = (
            re.match(r"\s*([a-z][a-z'-]{2,}(?: [a-z][a-z'-]+){0,1})\s*$", line) if alone else None
        )
        for match in (small, bare, last):
            if not match:
                continue
            group = match.lastindex or 1
            words = set(match[group].split())
            if _good(match[group]) and not words & (_LOW_WORDS | _LAST_WORDS):
                return start + match.start(group), start + match.end(group)
    return None


def _named(pattern: str, line: str) -> re.Match[str] | None:
    """Find the first match that is a name: in "Thank you. Cordially, Ada Obi" the second one is."""
    found = re.search(pattern, line)
    while found and not _good(found[1].strip()):
        found = re.compile(pattern).search(line, found.start() + 1)
    return found


def _said(text: str) -> tuple[int, int] | None:
    for pattern in (_SAYS, _HERE):
        for match in pattern.finditer(text):
            if _good(match[1]) and not re.match(r"\s*(?:\[|_|\{)", text[match.end(1) :][:2]):
                if pattern is _SAYS and re.search(
                    r"(?i)\b(?:message is for|is for|for|to) *$", text[: match.start()][-16:]
                ):
                    continue
                return match.span(1)
    if alone := _alone(text):
        return alone
    lower = text.lower()
    for pattern in (_NAMED_LOW, _SAYS_LOW):
        for match in pattern.finditer(lower):
            words = match[1].split()
            if (
                not set(words) & _LOW_WORDS
                and _good(match[1])
                and (pattern is _NAMED_LOW or len(words) <= 3)
            ):
                return match.span(1)
    return None


_PIECE = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Mx|Prof)\.|[^.,;!?\u2014\n])+")
_GREETS = re.compile(
    r"(?i)\s*(?:dear|hello|hi|hey|hiya|good|morning|afternoon|evening|yes|yeah|right|so|ok|okay|um|er|uh|well|kia ora|greetings|"
    r"mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|there)\b"
)
_TWO = re.compile(rf"\s*({_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD}){{1,3}})\s*$")


def _alone(text: str) -> tuple[int, int] | None:
    """Find a full name that stands by itself after the greeting: "Good morning, Mr. Bell. Ada Obi."."""
    for greeted, piece in enumerate(itertools.islice(_PIECE.finditer(text), 6)):
        name = _TWO.match(piece.group())
        asked = text[piece.end() : piece.end() + 1] == "?"
        first = text[piece.end() : piece.end() + 1] == "."
        if (
            name
            and not asked
            and not _GREETS.match(piece.group())
            and _good(name[1])
            and (greeted or first)
        ):
            return piece.start() + name.start(1), piece.start() + name.end(1)
        # One given name between greeting and name is the reader's ("Bec, Jarrod Pickett").
        if not _GREETS.match(piece.group()) and not asked and len(piece.group().split()) > 2:
            return None
    return None
