"""The debrief in sentences, written from the votes: no word may say more than the numbers do."""

from collections.abc import Sequence

from interview_coach.language import _, ngettext
from interview_coach.playbook import Source
from interview_coach.wording import counted, number, of_total
from interview_coach.workshop.decisions import Decision, Option, Way

__all__ = [
    "agreement",
    "disagreement",
    "finding",
    "guidance_says",
    "hands_in_all",
    "hidden",
    "lowered",
    "noticed",
    "others_chose",
    "others_say",
    "sources_in_brackets",
    "verdict",
    "way_sentence",
    "whose",
]


def hands_in_all(total: int) -> str:
    """Say how many hands have been counted, and nothing of what they are for."""
    return counted(total, "{n} hand", "{n} hands") if total else _("No hands yet")


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
        return _("At {time}, nobody voted.").format(time=at)
    if len(leaders) > 1:
        parts = [
            ngettext("{share} {done}", "{share} {done}", one.hands).format(
                share=of_total(one.hands, total), done=_done(one, decision)
            )
            for one in leaders
        ]
        return _("At {time}, it was a tie: {choices}.").format(time=at, choices=_listed(parts))
    (lead,) = leaders
    done, share = _done(lead, decision), of_total(lead.hands, total)
    if lead.hands == total == 2:
        return _("At {time}, both {done}.").format(time=at, done=done)
    if lead.hands == total > 1:
        return _("At {time}, all {n} {done}.").format(time=at, n=number(total), done=done)
    if lead.hands * 2 > total:
        said = ngettext("At {time}, {share} {done}.", "At {time}, {share} {done}.", lead.hands)
    else:
        said = ngettext(
            "At {time}, {share} {done}, more than chose anything else.",
            "At {time}, {share} {done}, more than chose anything else.",
            lead.hands,
        )
    return said.format(time=at, share=share, done=done)


def noticed(decision: Decision) -> str:
    """Say when it is, and what was last noticed: what the room is asked about."""
    return _("It is {time}. {noticed}").format(time=decision.clock, noticed=decision.asked)


def others_chose(decision: Decision) -> str:
    """Say what the rest of the room chose, in one sentence; "" where there was no rest."""
    leaders = decision.leaders
    rest = sorted(
        (one for one in decision.options if one.hands and one not in leaders),
        key=lambda one: -one.hands,
    )
    if not rest:
        return ""
    parts = [
        ngettext("{n} {done}", "{n} {done}", one.hands).format(
            n=number(one.hands), done=_done(one, decision)
        )
        for one in rest
    ]
    return _("{choices}.").format(choices=_listed(parts))


def verdict(decision: Decision) -> str:
    """Say what the guidance says of the room's choice, with reason and source.

    Without hands, or in a tie, it only says what the guidance would do.
    """
    if len(decision.leaders) != 1:
        return guidance_says(decision)
    lead = decision.leaders[0]
    if lead.guided:
        return _reasoned(
            _("So does the guidance{source}."),
            _("So does the guidance, since {reason}{source}."),
            decision.because,
            decision.source,
        )
    judged = lead.judged
    if judged.judgement == "harmful":
        said = _reasoned(
            _("The guidance warns against it{source}."),
            _("The guidance warns against it, since {reason}{source}."),
            judged.because,
            judged.source,
        )
    else:
        said = {
            "early": _("By the guidance that is early."),
            "late": _("By the guidance that is late."),
            "in_time": _("By the guidance that is in time too."),
            "neutral": _("The guidance does not ask for it just now."),
        }[judged.judgement]
    return f"{said} {guidance_says(decision, again=True)}"


def guidance_says(decision: Decision, *, again: bool = False) -> str:
    """Say what the guidance would do at this decision, with reason and source.

    `again` where the sentence before was about the guidance already.
    """
    guided = decision.guided
    if guided is None or not decision.source:
        if again:
            return _("It asks for nothing in particular just now.")
        return _("The guidance asks for nothing in particular just now.")
    if again:
        bare = _("It says \u201c{choice}\u201d{source}.")
        whole = _("It says \u201c{choice}\u201d, since {reason}{source}.")
    else:
        bare = _("The guidance says \u201c{choice}\u201d{source}.")
        whole = _("The guidance says \u201c{choice}\u201d, since {reason}{source}.")
    return _reasoned(bare, whole, decision.because, decision.source, choice=guided.says)


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
        return _("No votes were held.")
    same = sum(len(one.leaders) == 1 and one.leaders[0].guided for one in held)
    if len(held) == 1 and same:
        return _("The top choice was the guidance's in the one vote held.")
    if len(held) == 1:
        return _("The top choice was not the guidance's in the one vote held.")
    if same == 0:
        return _("The top choice was the guidance's in none of the {n} votes.").format(
            n=number(len(held))
        )
    if same == len(held):
        return _("The top choice was the guidance's in all {n} votes.").format(n=number(len(held)))
    return _("The top choice was the guidance's in {share} votes.").format(
        share=of_total(same, len(held))
    )


def whose(way: Way) -> str:
    """Say whose way it was."""
    return {
        (True, True): _("The room's way, which is the guidance's"),
        (True, False): _("The room's way"),
        (False, True): _("The guidance's way"),
        (False, False): _("Another way"),
    }[way.room, way.guidance]


def way_sentence(way: Way) -> str:
    """Say whose way it was and where it led."""
    return _("{whose}: {end}").format(
        whose=whose(way), end=lowered(way.debrief.headline, way.play.scenario.person.name)
    )


def hidden(way: Way) -> str:
    """Say what nobody could see in a call that was played to its end."""
    return _("What nobody could see: {hidden}").format(
        hidden=lowered(way.debrief.hidden, way.play.scenario.person.name)
    )


def others_say(decision: Decision) -> str:
    """Say who says otherwise, and what; "" where nobody does."""
    # Named as a room knows them; the handout lists each in full, under its id.
    differs = " · ".join(
        f"{one.where.partition(',')[0]}: {one.says}" for one in disagreement(decision)
    )
    return _("Others say: {sources}").format(sources=differs) if differs else ""


def lowered(text: str, name: str = "") -> str:
    """Begin a sentence's words small, to stand inside another; names and "I" keep their capital.

    `name` is that of the person whom the sentence may be about.
    """
    first = text.split(" ", 1)[0]
    keep = first in {"I", "I'm", "I'll", "Mr", "Ms", "Mrs", "Dr"} or not first[1:].islower()
    if first in name.split():
        return text
    # Words of one letter, in English and in Spanish.
    return text if keep and first not in {"A", "O", "Y"} else text[:1].lower() + text[1:]


def sources_in_brackets(source: Sequence[str]) -> str:
    """Write where it stands: `` (C2, K1)``; "" where nothing is named."""
    return f" ({', '.join(source)})" if source else ""


def _reasoned(bare: str, whole: str, because: str, source: Sequence[str], **more: str) -> str:
    said = whole if because else bare
    reason = lowered(because.rstrip("."))
    return said.format(reason=reason, source=sources_in_brackets(source), **more)


def _done(option: Option, decision: Decision) -> str:
    """Say it as something done; where two choices would sound alike, in the words of the screen."""
    alike = sum(one.done == option.done for one in decision.options) > 1
    return _("chose \u201c{choice}\u201d").format(choice=option.says) if alike else option.done


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("{parts} and {last}").format(parts=", ".join(parts[:-1]), last=parts[-1])
