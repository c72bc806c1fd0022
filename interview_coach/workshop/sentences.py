"""The debrief in sentences, written from the votes: no word may say more than the numbers do."""

from collections.abc import Sequence

from interview_coach.playbook import Source
from interview_coach.wording import of_total
from interview_coach.workshop.decisions import Decision, Option, Way

__all__ = [
    "agreement",
    "disagreement",
    "finding",
    "guidance_says",
    "hands_in_all",
    "lowered",
    "others_chose",
    "sources_in_brackets",
    "verdict",
    "way_sentence",
    "whose",
]


def hands_in_all(total: int) -> str:
    """Say how many hands have been counted, and nothing of what they are for."""
    return "No hands yet" if total == 0 else "1 hand" if total == 1 else f"{total:,} hands"


def finding(decision: Decision) -> str:
    """Say what the room chose, in one sentence.

    Returns
    -------
    str
        ``At 2:05, 12 of 18 called.``; all, none, a tie, and a lead of no more than half are said as
        what they are.
    """
    total, leaders, at = decision.total, decision.leaders, decision.clock
    if not leaders:
        return f"At {at}, nobody voted."
    if len(leaders) > 1:
        parts = [f"{of_total(one.hands, total)} {_done(one, decision)}" for one in leaders]
        return f"At {at}, it was a tie: {_listed(parts)}."
    (lead,) = leaders
    done = _done(lead, decision)
    if lead.hands == total:
        whole = {1: "1 of 1", 2: "both"}.get(total, f"all {total:,}")
        return f"At {at}, {whole} {done}."
    more = "" if lead.hands * 2 > total else ", more than chose anything else"
    return f"At {at}, {of_total(lead.hands, total)} {done}{more}."


def others_chose(decision: Decision) -> str:
    """Say what the rest of the room chose, in one sentence; "" where there was no rest."""
    leaders = decision.leaders
    rest = sorted(
        (one for one in decision.options if one.hands and one not in leaders),
        key=lambda one: -one.hands,
    )
    if not rest:
        return ""
    return f"{_listed([f'{one.hands:,} {_done(one, decision)}' for one in rest])}."


def verdict(decision: Decision) -> str:
    """Say what the guidance says of the room's choice, with reason and source.

    Without hands, or in a tie, it only says what the guidance would do.
    """
    if len(decision.leaders) != 1:
        return guidance_says(decision)
    lead = decision.leaders[0]
    if lead.guided:
        return f"So does the guidance{_since(decision.because, decision.source)}."
    judged = lead.judged
    if judged.judgement == "harmful":
        warns = f"The guidance warns against it{_since(judged.because, judged.source)}."
        return f"{warns} {guidance_says(decision, 'It')}"
    said = {
        "early": "By the guidance that is early.",
        "late": "By the guidance that is late.",
        "in_time": "By the guidance that is in time too.",
        "neutral": "The guidance does not ask for it just now.",
    }[judged.judgement]
    return f"{said} {guidance_says(decision, 'It')}"


def guidance_says(decision: Decision, who: str = "The guidance") -> str:
    """Say what the guidance would do at this decision, with reason and source."""
    guided = decision.guided
    if guided is None or not decision.source:
        return f"{who} asks for nothing in particular just now."
    says = f"{who} says \u201c{guided.says}\u201d"
    return f"{says}{_since(decision.because, decision.source)}."


def disagreement(decision: Decision) -> tuple[Source, ...]:
    """List who says otherwise, of the guidance's step or of what most hands were for; each once."""
    found = {source.id: source for source in decision.differs}
    for option in decision.leaders:
        found |= {source.id: source for source in option.judged.differs}
    return tuple(found[key] for key in sorted(found))


def agreement(decisions: Sequence[Decision]) -> str:
    """Say in how many votes the room's top choice was that of the guidance."""
    held = [one for one in decisions if one.total]
    if not held:
        return "No votes were held."
    same = sum(len(one.leaders) == 1 and one.leaders[0].guided for one in held)
    if len(held) == 1:
        return f"The top choice was {'' if same else 'not '}the guidance's in the one vote held."
    share = {0: f"none of the {len(held)}", len(held): f"all {len(held)}"}
    return (
        f"The top choice was the guidance's in {share.get(same, of_total(same, len(held)))} votes."
    )


def whose(way: Way) -> str:
    """Say whose way it was."""
    return {
        (True, True): "The room's way, which is the guidance's",
        (True, False): "The room's way",
        (False, True): "The guidance's way",
        (False, False): "Another way",
    }[way.room, way.guidance]


def way_sentence(way: Way) -> str:
    """Say whose way it was and where it led."""
    return f"{whose(way)}: {lowered(way.debrief.headline)}"


def lowered(text: str) -> str:
    """Begin a sentence's words small, to stand inside another; names and "I" keep their capital."""
    first = text.split(" ", 1)[0]
    keep = first in {"I", "I'm", "I'll", "Mr", "Ms", "Mrs", "Dr"} or not first[1:].islower()
    return text if keep and first not in {"A"} else text[:1].lower() + text[1:]


def sources_in_brackets(source: Sequence[str]) -> str:
    """Write where it stands: `` (C2, K1)``; "" where nothing is named."""
    return f" ({', '.join(source)})" if source else ""


def _since(because: str, source: Sequence[str]) -> str:
    reason = f", since {lowered(because.rstrip('.'))}" if because else ""
    return f"{reason}{sources_in_brackets(source)}"


def _done(option: Option, decision: Decision) -> str:
    """Say it as something done; where two choices would sound alike, in the words of the screen."""
    alike = sum(one.done == option.done for one in decision.options) > 1
    return f"chose \u201c{option.says}\u201d" if alike else option.done


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
