"""What the room takes home: its decisions, the reasons, who says so, and who says otherwise.

One content, two forms: an HTML file that asks nothing of the internet, and a tagged PDF.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from interview_coach.errors import KitError
from interview_coach.language import _, current
from interview_coach.playbook import Playbook
from interview_coach.times import date_in_full
from interview_coach.wording import number as in_digits
from interview_coach.workshop import sentences
from interview_coach.workshop.decisions import Decision, decisions, ways
from interview_coach.workshop.session import Session

__all__ = ["CallPage", "Handout", "VoteLines", "handout", "handout_html", "handout_pdf"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class VoteLines:
    """One vote in words: what was asked, the votes by choice, the finding, and what is said of it.

    `rows` are (choice, votes, what the guidance says of it), under `caption`; `others` are those who
    differ.
    """

    when: str
    caption: str
    asked: str
    rows: tuple[tuple[str, str, str], ...]
    finding: str
    verdict: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class CallPage:
    """One call: how it began, what was hidden, how it went, the votes, and what to talk about."""

    title: str
    hidden: str
    ways: tuple[str, ...]
    votes: tuple[VoteLines, ...]
    talk: str


@dataclass(frozen=True)
class Handout:
    """The whole handout, in words.

    `sources` are (id, what it says, where) of everything that is cited, in order. `words` are those of
    the form itself, by their place, and `language` is the code of what all of it is written in.
    """

    title: str
    group: str
    day: str
    summary: str
    calls: tuple[CallPage, ...]
    sources: tuple[tuple[str, str, str], ...]
    foot: str
    words: Mapping[str, str]
    language: str


def handout(session: Session, held_on: date, playbook: Playbook) -> Handout:
    """Write the handout of a workshop: the calls that were voted on or played to an end.

    Parameters
    ----------
    session : Session
        The workshop as it stands.
    held_on : date
        Its day, where it was held.
    """
    voted = decisions(session, playbook)
    cited: set[str] = set()
    pages = []
    for number, story in enumerate(session.deck.stories):
        held = [one for one in voted if one.call == number]
        played = ways(session, number, playbook)
        if not held and not played:
            continue
        for one in held:
            cited |= _cited(one)
        pages.append(
            CallPage(
                title=_("Call {n}: {title}").format(n=number + 1, title=story.call.title),
                # What was hidden stays hidden until the call has been played to an end.
                hidden=_("What nobody could see: {hidden}").format(hidden=played[0].debrief.hidden)
                if played
                else "",
                ways=tuple(sentences.way_sentence(way) for way in played),
                votes=tuple(_vote(one, playbook) for one in held),
                talk=_("To talk about: {questions}").format(questions=story.call.after),
            )
        )
    sources = [playbook.sources[key] for key in sorted(cited)]
    return Handout(
        title=session.deck.title,
        group=session.cohort,
        day=date_in_full(held_on),
        summary=sentences.agreement(voted),
        calls=tuple(pages),
        sources=tuple((one.id, one.says, one.where) for one in sources),
        foot=_counted(voted),
        words={
            "empty": _("No call has been voted on or played yet."),
            "others": _("Others say:"),
            "choice": _("Choice"),
            "votes": _("Votes"),
            "guidance": _("The guidance"),
            "sources": _("Sources"),
        },
        language=current(),
    )


def _counted(voted: Sequence[Decision]) -> str:
    if any(option.phones for one in voted for option in one.options):
        return _(
            "Made with Interview Coach. Hands and votes by phone were counted; nobody is named here."
        )
    return _("Made with Interview Coach. Only hands were counted; who raised them was not noted.")


def _cited(decision: Decision) -> set[str]:
    ids = set(decision.source) | {source.id for source in sentences.disagreement(decision)}
    return ids.union(*(option.judged.source for option in decision.options))


def _vote(decision: Decision, playbook: Playbook) -> VoteLines:
    words = playbook.codes["judgement"]
    rows = []
    for option in decision.options:
        says = words[option.judged.judgement] if option.judged.source else _("not asked for")
        if option.guided:
            says = _("what the guidance does next")
        cites = sentences.sources_in_brackets(option.judged.source)
        rows.append((option.says, in_digits(option.hands), f"{says}{cites}"))
    found = [sentences.finding(decision), sentences.others_chose(decision)]
    return VoteLines(
        when=decision.clock,
        caption=_("The votes at {time}, and what the guidance says of each choice").format(
            time=decision.clock
        ),
        asked=decision.asked,
        rows=tuple(rows),
        finding=" ".join(filter(None, found)),
        verdict=sentences.verdict(decision),
        others=tuple(f"{one.id}: {one.says}" for one in sentences.disagreement(decision)),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def handout_html(content: Handout) -> str:
    """Write the handout as one HTML file: no script, no request, prints on white."""
    return _environment().get_template("handout.html.j2").render(**asdict(content))


def handout_pdf(content: Handout) -> bytes:
    """Write the handout as a tagged PDF (PDF/UA-1).

    Raises
    ------
    KitError
        If the `pdf` extra is not installed.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise KitError(
            _(
                "A PDF needs one more package: pip install 'interview-coach[pdf]'. The HTML handout "
                "can be printed to PDF from any browser."
            )
        ) from None
    # The words go in as data and are never read as markup, whatever a cohort is called.
    made = typst.compile(
        str(_FOLDER / "handout.typ"),
        format="pdf",
        sys_inputs={"content": json.dumps(asdict(content))},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made
