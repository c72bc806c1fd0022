"""Review a draft: which items it holds, which are missing, and which words may hurt."""

from interview_coach.advice import Plan
from interview_coach.errors import KitError
from interview_coach.language import N_, _
from interview_coach.messages.fill import blanks, words_in
from interview_coach.messages.review.cues import Rules, load_rules
from interview_coach.messages.review.faults import faults_in
from interview_coach.messages.review.items import items_in
from interview_coach.messages.review.language import language_of
from interview_coach.messages.review.model import Missing, Present, Review
from interview_coach.messages.review.parts import Draft, read
from interview_coach.messages.review.tone import load_tone
from interview_coach.playbook import MessageKind, Playbook, load_playbook
from interview_coach.wording import number

__all__ = ["LONGEST", "review"]

LONGEST = 20_000  # characters: a message has some hundred; beyond this it is something else
_TELLING = 6  # words from which a text shows its language
_WORDS_A_SECOND = 2.5
_ANY_LANGUAGE_ITEMS = frozenset({"contact_details", "correct_number"})
_ANY_LANGUAGE_FAULTS = frozenset({"placeholder", "too_long"})
_NAMES = {
    "es": N_("Spanish"),
    "fr": N_("French"),
    "de": N_("German"),
    "pt": N_("Portuguese"),
    "it": N_("Italian"),
    "nl": N_("Dutch"),
}


def review(
    kind: str,
    text: str,
    playbook: Playbook | None = None,
    *,
    plan: Plan | None = None,
    tone: bool = True,
    written: str = "en",
) -> Review:
    """Review a draft.

    Parameters
    ----------
    kind : str
        One of the nine kinds of message.
    text : str
        The draft as it stands: an email with its subject line, a voicemail as it would be spoken.
    playbook : Playbook, optional
        Where kinds and items are described; the shipped one where it is left out.
    plan : Plan, optional
        The plan that the message belongs to: a window in the draft must not outlast it (K3).
    tone : bool
        Whether faint signs are weighed besides the rules.
    written : str
        The language that it is to be in: it decides where the text is too short to show its own.

    Returns
    -------
    Review
        Offsets are code points of `text`.

    Raises
    ------
    KitError
        If there is no such kind, or the text is far longer than any message.
    """
    playbook = playbook or load_playbook()
    spec = blanks(kind, playbook)
    if len(text) > LONGEST:
        raise KitError(
            _(
                "{message}: the draft has {n} characters, more than the {most} that are read; paste "
                "only the message itself."
            ).format(message=spec.label, n=number(len(text)), most=number(LONGEST))
        )
    rules = load_rules()
    draft = read(text)
    language = language_of(draft.cleaned.lower)
    words = words_in(draft.cleaned.text)
    if written != "en" and words < _TELLING:
        language = written
    english = language == "en"
    present = _present(draft, text, spec, rules)
    if not english:
        present = [item for item in present if item.item in _ANY_LANGUAGE_ITEMS]
    faults, asks = faults_in(draft, text, spec, rules, words, plan, load_tone() if tone else None)
    if not english:
        faults = [fault for fault in faults if fault.fault in _ANY_LANGUAGE_FAULTS]
        asks = []
    missing = [] if not english else _missing(spec, present, playbook, rules)
    return Review(
        kind=kind,
        text=text,
        language=language,
        notice=_notice(draft, language),
        present=tuple(present),
        missing=tuple(missing),
        faults=tuple(faults),
        asks=tuple(asks),
        words=words,
        most_words=spec.most_words,
        spoken_seconds=round(words / _WORDS_A_SECOND),
    )


def _present(draft: Draft, text: str, spec: MessageKind, rules: Rules) -> list[Present]:
    found = items_in(draft, spec, rules)
    present = []
    for item in (*spec.required, *spec.optional):
        if item in found:
            start, end = draft.cleaned.place(*found[item])
            present.append(Present(item, start, end, text[start:end]))
    return present


def _missing(
    spec: MessageKind, present: list[Present], playbook: Playbook, rules: Rules
) -> list[Missing]:
    held = {item.item for item in present}
    return [
        Missing(
            item,
            playbook.items[item].says,
            _(rules.items[item].why),
            rules.items[item].source,
            rules.items[item].add,
        )
        for item in spec.required
        if item not in held
    ]


def _notice(draft: Draft, language: str) -> str:
    if not draft.cleaned.lower.strip():
        return _("There is nothing to read yet: write or paste the message.")
    if language in _NAMES:
        return _(
            "This looks like {language}, and the review reads English: only length, numbers and blanks left open are looked at."
        ).format(language=_(_NAMES[language]))
    if language != "en":
        return _(
            "This is not English, and the review reads English: only length, numbers and blanks left open are looked at."
        )
    if draft.cleaned.tags:
        return _(
            "The draft holds web code (tags in angle brackets): paste it as plain text before you send it."
        )
    return ""
