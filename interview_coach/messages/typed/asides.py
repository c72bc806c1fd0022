"""What a mail says that is not about the interview's time: headers, quoted mail, deadlines, old times.

A letter has a date of its own, a reply quotes what was agreed before, and "reply by Monday" is no
appointment. Each is hidden before the day and the time are read, so long as a time is left.
"""

import datetime as dt
import re
from dataclasses import dataclass

from interview_coach.messages.typed.days import dates_in

__all__ = ["Aside", "asides", "sent_on"]

_LONG_AGO = 60  # days: a mail older than that is not about an interview of now

# unmarked: all the words here are read, not said.
_QUOTED = re.compile(
    r"^[ \t]*(?:-{3,}|_{3,})?[ \t]*(?:original message|original appointment|ursprungliche nachricht|mensaje original|"
    r"message d'origine|message original)\b",
    re.MULTILINE,
)
_WROTE = re.compile(
    r"^[> \t]*(?:on|am|le|el|op|il)\b[^\n]{6,120}(?:\n[^\n]{0,80})?(?:wrote|schrieb[^\n:]{0,80}|a ecrit|escribio|schreef|ha scritto)\s?:",
    re.MULTILINE,
)
_ARROWED = re.compile(r"^[ \t]*>[^\n]*", re.MULTILINE)
_FROM = re.compile(
    r"^[ \t]*\*?(?:from|von|de|da)\*?\s?:[^\n]*@?[^\n]*\n(?:[^\n]*\n){0,3}?"
    r"[ \t]*\*?(?:sent|gesendet|enviado(?: el)?|envoye|date|datum|fecha|to|an|para|a)\*?\s?:",
    re.MULTILINE,
)
_HEADER = re.compile(
    r"^[ \t]*\*?(?:sent|gesendet|enviado(?: el)?|envoye|received|inviato)\*?\s?:[^\n]*",
    re.MULTILINE,
)
_DATE_HEADER = re.compile(
    r"(?<=\n)[ \t]*\*?(?:date|datum|fecha)\*?\s?:[^\n]*(?=\n[ \t]*\*?(?:to|an|para|a|cc|subject|betreff|asunto|objet)\*?\s?:)"
    r"|^[ \t]*(?:date|datum|fecha)\s?:[^\n]*[+-]\d{4}\b[^\n]*",
    re.MULTILINE,
)
_STAMP = re.compile(
    r"^\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\.?)?\]?(?: ?-)? (?=[a-z~+][^:\n]{0,40}: )"
    r"|^\[\d{1,2}[:.]\d\d(?:\s?[ap]m)?,? \d{1,2}[./-]\d{1,2}[./-]\d{2,4}\] (?=[a-z~+][^:\n]{0,40}: )",
    re.MULTILINE,
)
_MONTHS = r"jan|feb|mar|apr|may|mai|mayo|jun|jul|aug|ago|aout|sep|oct|okt|nov|dec|dez|dic|marz|avr|abr|ene|fev|jui"
_LETTER = re.compile(
    rf"\A\s*(?:[^\n]*\n){{0,8}}?(?P<date>[^\n:]{{0,30}}\b(?:\d{{1,2}}(?:st|nd|rd|th|\.|er)?,? (?:of |de )?(?:{_MONTHS})[a-z]*\.?,?(?: de)? \d{{4}}"
    rf"|(?:{_MONTHS})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})\.?)[ \t]*\n"
    r"(?=(?:[^\n]*\n){0,9}?\s*(?:dear|hi|hello|good (?:morning|afternoon|day)|to whom|sehr geehrte|liebe|hallo|guten tag|bonjour|madame|monsieur|cher|chere|estimad|querid|hola|muy senor)\b)"
)
_SIGNED = re.compile(r"^[^\n]*\bsent from my [^\n]*", re.MULTILINE)
_DAYS = (
    r"mon|tue|wed|thu|fri|sat|sun|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miercoles|"
    r"jueves|viernes|sabado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
_AT = (
    rf"(?:(?:the|le|el|dem|den|close|end|cob|eod|noon|midday|midnight|tomorrow|today|tonight|later|this|next|manana|demain|"
    rf"morgen|mediodia|midi|minuit|zum|(?:{_DAYS})[a-z]*)\b|las? \d|\d)"
)
_STOP = (
    r"(?:(?=\b(?:if|whether|that|so|and|or|for|to|with|by|your|our|which|as|because|please|interviews?|the (?:interview|call)|"
    r"we|i|you|if|ob|dass|und|oder|si|que|y|et|pour|para|la entrevista|ihr|l'entretien|votre|su)\b)|(?=[;!?\n()])|(?= - )|(?=(?<![ap]\.m)(?<!\b\d)\.(?:\s|$))|(?=\.\s+(?:your|the|we|i|it)\b)|$)"
)
_REPLY = (
    r"reply|replies|respond|response|confirm|rsvp|let (?:me|us|him|her|them) know|answer|get back|accept|book|choose|pick|select|"
    r"complete|submit|return|send|heard?|received?|call(?:ed)?|contact|register|sign up|cancel|finish|upload|apply|applications?|join|arrive|log in|log on|dial in|"
    r"antwort\w*|bestatig\w*|ruckmeldung|melden|zusage\w*|respond[ae]\w*|contest[ae]\w*|confirm\w+|avis[ae]\w*|repond\w+|reponse|merci de"
)
_DEADLINE = re.compile(
    rf"\b(?:{_REPLY})\b(?:[^.;!?\n]|\.(?=\w)){{0,90}}?(?:\b(?:by|before|(?:no|not) later than|until|bis(?: spatestens)?(?: zum)?|vor|spatestens(?: bis| am)?|"
    rf"antes del?|a mas tardar|avant|d'ici|au plus tard)) (?P<date>{_AT}.*?){_STOP}"
)
_CLOSING = re.compile(
    r"\b(?:opens?(?= (?:on|at|from)\b)|closes?(?= (?:on|at)\b)|closing date|deadline|applications? (?:close|must)|valid until|expires?|einsendeschluss|bewerbungsschluss|fecha limite|date limite)\b"
    r"(?P<date>(?:[^.;!?\n]|\.(?=\w))*)"
)
_HOURS = re.compile(
    r"\b9(?:am)?\s?(?:-|to)\s?5(?:[.:]30)?(?:pm)?\b(?![:.]\d)|\b(?:office|opening|business|working) hours\b(?:[^.;!?\n)]|\.(?=\w))*|\b(?:lines|we|office)(?: are| is)? open\b(?:[^.;!?\n)]|\.(?=\w))*"
    r"|\b(?:mon(?:day)?|mo|lunes|lundi)\.?(?:\s?-\s?|\s(?:to|through|bis|a|au)\s)(?:fri(?:day)?|fr|thu\w*|sat\w*|viernes|vendredi)\b\.?(?:[^.;!?\n)]|\.(?=\w))*"
)
_INSTEAD = re.compile(
    r"\b(?:instead of|rather than|no longer|originally|previously|formerly|statt|anstatt|en lugar de|en vez de|au lieu d[eu])\b"
    r"(?P<date>(?:[^.;!?\n]|\.(?=\w)){0,60}?)(?=\b(?:to|will|could|can|is|has|now|let|shall|we|i|konnen|podemos|pouvons|lieber|besser|nun|jetzt|mejor|plutot)\b|,|[;!?\n]|\.(?:\s|\Z)|\Z)"
    r"|\b(?:can't|cannot|can not|couldn't|won't be able to|not able to|unable to) (?:do|make|manage|call|speak|meet|talk)\b"
    r"(?P<no>(?:[^.;!?\n]|\.(?=\w)){0,60}?)(?=\b(?:but|could|can|how|new|let|shall|we|i)\b|[,;!?\n]|\.(?:\s|\Z)|\Z)"
    rf"|\bnot (?P<not>(?:on |at |the )*(?:\d|(?:{_DAYS})[a-z]*\b)(?:[^.;!?\n]|\.(?=\w)){{0,30}}?)(?=\b(?:but|on|after all|at)\b|[,:;!?()\n]|\.(?:\s|\Z)|\Z)"
    # What was: "I tried to call at 10", "sorry I missed you at 2pm yesterday", "our 3pm is now ...".
    r"|\b(?:tried|missed|thank(?:s| you)(?: again| so much| very much)* for (?:chatting|talking|speaking|meeting|joining|coming|your time|the (?:chat|call))|(?<!be )(?<!been )(?:called|phoned)|rang|spoke|talked|waited|intente|llame|angerufen|versucht|appele)\b(?P<was>(?:[^.;!?\n]|\.(?=\w)){0,60}?)"
    r"(?=\b(?:so|but|could|can|how|let|shall)\b|[,;!?\n]|\.(?:\s|\Z)|\Z)"
    # "Old time: ...", "was Thursday 2pm, now ...", "we said Thursday at 10, but ..."
    r"|(?:^|(?<=[,.;!?\n]))(?P<gone>(?:[^.;!?\n]|\.(?=\w)){0,60}?)(?=\b(?:(?:is|are) (?:no longer|not|now)|isn't|aren't|doesn't|don't|won't|no longer) (?:possible|available|works?|suits?|convenient|an option|free|off)\b)"
    r"|\bvom? (?P<vom>[^;!?\n]{0,60}?)(?=,? auf (?:den |die )?[^;!?\n]{0,60}(?:verschoben|verlegt)\b)"
    # Another appointment: "test on 20 November at 9am, interview on the 27th".
    r"|\b(?:tests?|assessments?|exams?|workshop|webinar|open day|orientation|induction|training)\b(?P<other>[^,.;!?\n]{0,60}?)(?=,|\band (?:your|the|an?) (?:interview|call)\b|[.;!?\n])"
    r"|^[ \t]*(?:old|previous|original|former|was|alte|bisherige|anterior|ancien(?:ne)?)(?: (?:date|time|slot|uhrzeit|hora|heure|and|&))*[ \t]*:(?P<old>[^\n]*)"
    r"|\bwas (?P<then>(?:[^.;!?\n]|\.(?=\w)){0,50}?)(?=,? (?:and |but )?(?:is |it is |it's )?now\b)"
    r"|\b(?:said|had (?:you|us|it|this) (?:down|booked|in|scheduled)|agreed|planned|arranged|(?:was|were) (?:due|meant|supposed|going) to)\b(?P<said>(?:[^.;!?\n]|\.(?=\w)){0,60}?)(?=,? (?:but|however)\b(?! if\b))"
    r"|(?:^|(?<=[.;!?\n]))(?P<until>(?:[^.;!?\n]|\.(?=\w)){0,80}?)(?=\b(?:is|are|will) now\b)",
    re.MULTILINE,
)
_MOVED = re.compile(
    r"(?:^|(?<=[.;!?\n]))(?P<date>(?:[^.;!?\n]|\.(?=\w)){0,160}?)\b(?:moved|rescheduled|changed|postponed|put back|brought forward|pushed|shifted|preponed|cancelled|canceled|rebooked|rearranged|"
    r"verschoben|verlegt|aplazad[ao]|cambiad[ao]|reporte|deplace)\b(?P<from>(?:[^.;!?\n]|\.(?=\w)){0,60}?)\b(?:to|for|auf|al|au) (?=(?:[^.;!?\n]|\.(?=\w))*\d)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Aside:
    """What is hidden, and of it the lines that say when the text was written, and the old times."""

    hidden: list[tuple[int, int]]
    heads: list[tuple[int, int]]
    old: list[tuple[int, int]]


def asides(text: str, today: dt.date) -> list[Aside]:
    """Find what to hide: most first, less where no time would be left, and at last nothing.

    Parameters
    ----------
    text : str
        As `plain_letters` gives it.
    today : datetime.date
        A letter's own date is not after it.
    """
    heads = [
        match.span() for one in (_HEADER, _DATE_HEADER, _WROTE) for match in one.finditer(text)
    ]
    dated = [match.span() for match in _STAMP.finditer(text)]
    if letter := _LETTER.search(text):
        dated.append(letter.span("date"))
    heads += [one for one in dated if sent_on(text, [one], one[0], today) is not None]
    heads.sort()
    lines = [*heads, *(match.span() for match in _SIGNED.finditer(text))]
    quoted = [match.span() for match in _ARROWED.finditer(text)]
    below = [
        match.start()
        for match in (_QUOTED.search(text), _WROTE.search(text), *_FROM.finditer(text))
        if match
    ]
    quoted += [(at, len(text)) for at in below if text[:at].strip()]
    said = [match.span("date") for one in (_DEADLINE, _CLOSING) for match in one.finditer(text)]
    said += [match.span() for match in _HOURS.finditer(text)]
    old = _old_times(text)
    return [
        Aside([*lines, *quoted, *said, *old], heads, old),
        Aside([*lines, *quoted, *said], heads, []),
        Aside([*lines, *said, *old], heads, old),
        Aside([*lines, *quoted], heads, []),
        Aside(lines, heads, []),
        Aside([], [], []),
    ]


def sent_on(text: str, heads: list[tuple[int, int]], at: int, today: dt.date) -> dt.date | None:
    """Return the day on which a text was written, as the last line before a place says."""
    for start, end in sorted((one for one in heads if one[0] <= at), reverse=True):
        days = [day for one in dates_in(text[start:end], today) for day in one.days]
        days = [day for day in days if -_LONG_AGO <= (day - today).days <= 0]
        if days:
            return max(days)
    return None


def _old_times(text: str) -> list[tuple[int, int]]:
    """Find the times that no longer hold: "instead of 2pm", "moved from Monday to ..."."""
    found = [
        match.span(name)
        for match in _INSTEAD.finditer(text)
        for name in match.groupdict()
        if match[name] is not None
    ]
    for match in _MOVED.finditer(text):
        found += [match.span("date"), match.span("from")]
    return [(start, end) for start, end in found if start < end]
