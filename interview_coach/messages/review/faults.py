"""Which words of a draft may hurt: cues, apologies counted, private matters weighed, windows compared."""

from interview_coach.advice import Plan
from interview_coach.language import _
from interview_coach.messages.review.clashes import beyond, contradictions
from interview_coach.messages.review.cues import Compiled, Rules, words_named
from interview_coach.messages.review.items import matches
from interview_coach.messages.review.model import Fault
from interview_coach.messages.review.parts import Draft
from interview_coach.messages.review.tone import Tone
from interview_coach.playbook import MessageKind
from interview_coach.wording import first_lower, number

__all__ = ["ASKED_ONLY", "faults_in"]

_BY_CUE = (
    "placeholder",
    "blame",
    "irritation",
    "demand",
    "desperation",
    "self_doubt",
    "too_casual",
    "overshare",
)
# Casual words are named by rules; a whole sentence that only sounds casual is asked about.
ASKED_ONLY = frozenset({"too_casual"})
# A sentence that makes allowance for the reader does not accuse, however it weighs.
_AGAINST_THEM = frozenset({"blame", "irritation", "demand"})
_APOLOGIES = 2  # as many are enough; the next is one too many (MESSAGES, over_apology)


def faults_in(
    draft: Draft,
    text: str,
    spec: MessageKind,
    rules: Rules,
    words: int,
    plan: Plan | None,
    tone: Tone | None,
) -> tuple[list[Fault], list[Fault]]:
    """Find the faults, sure ones and doubtful ones, each by place.

    Parameters
    ----------
    draft, text : Draft, str
        The draft as the cues read it, and as it was given.
    spec, rules : MessageKind, Rules
        What is judged, and by what.
    words : int
        How many words the draft has.
    plan : Plan or None
        The plan whose wait a window must not outlast.
    tone : Tone or None
        By what faint signs are weighed; None leaves them.
    """
    found = _Found(draft, text, rules)
    void: dict[str, list[tuple[int, int]]] = {}
    for fault in _BY_CUE:
        quiet = rules.screens[fault].search(draft.marked) is None
        for cue in rules.cues[fault]:
            if quiet and not cue.cue.case:
                continue
            for start, end in matches(draft, spec, cue, void.setdefault(fault, [])):
                found.add(fault, *_extent(draft, cue, start, end), cue=cue)
    _apologies(found, draft, spec, rules)
    for fault, start, end, certain in tone.find(draft, rules) if tone is not None else ():
        # Words of a rule that something kind beside them voids leave room for doubt.
        if fault in _AGAINST_THEM:
            certain &= not words_named("gracious", rules).search(draft.marked, start, end)
        certain &= fault not in ASKED_ONLY and not any(
            start < last and first < end for first, last in void.get(fault, ())
        )
        found.add(fault, start, end, sure=certain, faint=True)
    for start, end in contradictions(draft, rules):
        found.add("inconsistent_window", start, end)
    held = plan.give_up_at if plan is not None else None
    if held is not None and "availability_window" in spec.required:
        for start, end in beyond(draft, rules, held.hour * 60 + held.minute):
            found.add("inconsistent_window", start, end)
    sure, asks = found.told()
    if words > spec.most_words:
        advice = rules.faults["too_long"]
        why = _("It has {n} words, and {most} are enough: {why}").format(
            n=number(words), most=number(spec.most_words), why=first_lower(_(advice.why))
        )
        sure.append(Fault("too_long", 0, 0, "", why, advice.source, ""))
    return sure, asks


class _Found:
    def __init__(self, draft: Draft, text: str, rules: Rules) -> None:
        self.draft, self.text, self.rules = draft, text, rules
        self.spans: list[tuple[str, int, int, bool, bool, Compiled | None]] = []

    def add(
        self,
        fault: str,
        start: int,
        end: int,
        *,
        sure: bool = True,
        faint: bool = False,
        cue: Compiled | None = None,
    ) -> None:
        if start < end:
            sure = sure and (cue is None or cue.cue.sure)
            self.spans.append((fault, start, end, sure, faint, cue))

    def told(self) -> tuple[list[Fault], list[Fault]]:
        sure: list[Fault] = []
        asks: list[Fault] = []
        taken: dict[str, list[tuple[int, int]]] = {}
        # What is sure goes before what is not, plain words before the weight of a whole sentence, and
        # the longer mark of a fault stands for the shorter ones inside it.
        for fault, start, end, is_sure, _faint, cue in sorted(
            self.spans, key=lambda one: (not one[3], one[4], one[1] - one[2], one[1])
        ):
            place = self.draft.place(start, end)
            if place[0] >= place[1]:
                continue
            if any(place[0] < last and first < place[1] for first, last in taken.get(fault, [])):
                continue
            if not is_sure and any(
                place[0] < last and first < place[1]
                for spans in taken.values()
                for first, last in spans
            ):
                continue
            taken.setdefault(fault, []).append(place)
            (sure if is_sure else asks).append(self._fault(fault, place, is_sure, cue))
        return sorted(sure, key=_by_place), sorted(asks, key=_by_place)

    def _fault(self, fault: str, place: tuple[int, int], sure: bool, cue: Compiled | None) -> Fault:
        advice = self.rules.faults[fault]
        span = self.text[place[0] : place[1]]
        own = cue.cue if cue is not None else None
        return Fault(
            fault,
            *place,
            span,
            _((own.why if own and own.why else advice.why) if sure else advice.ask),
            own.source if own and own.source else advice.source,
            self._instead(fault, span, own.try_ if own and own.try_ else advice.try_),
        )

    def _instead(self, fault: str, span: str, given: str) -> str:
        plain = given
        if fault == "too_casual":
            plain = self.rules.swap.get(span.lower().strip(" ,.!"), "")
        if not plain:
            return ""
        # It takes the place of the span, so it begins and ends as the span does.
        if span[:1].isupper():
            plain = plain[0].upper() + plain[1:]
        return plain + "." if span[-1:] in ".!?" and plain[-1] not in ".!?" else plain


def _by_place(fault: Fault) -> tuple[int, int]:
    return fault.start, fault.end


def _extent(draft: Draft, cue: Compiled, start: int, end: int) -> tuple[int, int]:
    if cue.cue.extent == "clause":
        return draft.clause(start, end)
    if cue.cue.extent == "sentence":
        return draft.sentence(start)
    return start, end


def _apologies(found: _Found, draft: Draft, spec: MessageKind, rules: Rules) -> None:
    grovels: list[tuple[int, int]] = []
    for cue in rules.cues.get("over_apology", ()):
        for start, end in matches(draft, spec, cue):
            start, end = _extent(draft, cue, start, end)
            grovels.append((start, end))
            found.add("over_apology", start, end, cue=cue)
    plain = []
    for cue in rules.cues.get("apology", ()):
        # Counted in every kind, though only some must hold one.
        for match in cue.match.finditer(draft.marked):
            first, last = draft.sentence(match.start())
            if cue.unless is not None and cue.unless.search(draft.marked, first, last):
                continue
            if not any(a <= match.start() < b for a, b in grovels):
                plain.append(match.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(plain):
        if merged and draft.clause(*merged[-1]) == draft.clause(start, end):
            continue
        merged.append((start, end))
    distinct = len({draft.clause(*one) for one in grovels})
    for count, (start, end) in enumerate(merged, start=1):
        if count + (1 if distinct and count > 1 else 0) > _APOLOGIES:
            found.add("over_apology", *draft.clause(start, end))
