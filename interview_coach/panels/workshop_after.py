"""The screens of a workshop after a call and at its end: what it came to, and what to take home."""

from typing import Any

from interview_coach.errors import KitError
from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.workshop_model import WorkshopModel
from interview_coach.panels.workshop_phones import take_home
from interview_coach.panels.workshop_room import NEXT, PREVIOUS, do, hide
from interview_coach.simulation import Play
from interview_coach.times import date_in_full, local_zone
from interview_coach.workshop import Change, Decision, Session, decisions, sentences, ways

__all__ = ["show_debrief", "show_end"]


def show_end(
    page: kit.Page, model: WorkshopModel, session: Session, play: Play, notice: kit.Notice
) -> None:
    """Show where a call has led, what was hidden, and the ways that are still open."""
    assert session.at is not None
    story, number = session.deck.stories[session.at], session.at
    played = ways(session, number, model.playbook)
    path = session.paths[number]
    way = next(one for one in played if one.path == path)
    voted = decisions(session, model.playbook, number)
    along = [one for one in voted if one.path == path[: len(one.path)]]
    last = number + 1 == len(session.deck.stories)
    guided = not any(one.guidance for one in played)
    first = story.scenario.at(story.play(story.lead_in, model.playbook).minute)
    steps_back = [(len(one.path), one.clock) for one in along] or [(len(story.lead_in), first)]
    back = [
        (steps, _("Back to {time}: another way").format(time=time)) for steps, time in steps_back
    ]
    page.body.show(
        kit.heading(sentences.whose(way), focus=True),
        _found(along),
        kit.choices(back, lambda steps: model.do(Change(do="back_to", steps=steps)), where=notice),
        kit.row(
            kit.button(
                _("To the debrief") if last else _("Next: call {n}").format(n=number + 2),
                do(model, do="finish") if last else do(model, do="open", call=number + 1),
                where=notice,
                main=True,
                key=NEXT,
            ),
            kit.button(
                _("The guidance's way"),
                do(model, do="play_on", steps=len(story.lead_in)),
                where=notice,
                key="g",
            )
            if guided
            else None,
            kit.button(_("All calls"), do(model, do="calls"), where=notice, key="c"),
            kit.button(_("Back"), do(model, do="back"), where=notice, key=PREVIOUS),
            hide(model, notice),
        ),
        notice,
        kit.key_help(
            " · ".join(
                (
                    _("Next goes on · 1 goes back")
                    if len(back) == 1
                    else _("Next goes on · 1 to {n} goes back").format(n=len(back)),
                    *((_("G plays the guidance's way"),) if guided else ()),
                )
            )
        ),
        *(
            [
                kit.heading(_("Only for you")),
                kit.text(_("To talk about: {questions}").format(questions=story.call.after)),
            ]
            if model.private
            else []
        ),
    )
    page.head(way.debrief.headline, sentences.hidden(way))
    page.say(f"{way.debrief.headline} {way.debrief.hidden}")


def _found(along: list[Decision]) -> kit.Html | None:
    if not along:
        return None
    return kit.el(
        "ul",
        [
            kit.el("li", kit.el("b", sentences.finding(one)), " ", sentences.verdict(one))
            for one in along
        ],
        class_="ic-findings",
    )


def show_debrief(
    page: kit.Page, model: WorkshopModel, session: Session, notice: kit.Notice
) -> None:
    """Show what the whole workshop came to: each vote, another group beside it, things to keep."""
    voted = decisions(session, model.playbook)
    made, beside = kit.Region(), kit.Region()
    held = model.held
    assert held is not None  # a session is on only while a workshop is
    others = [
        one
        for one in model.earlier()
        if one.deck == held.deck and one.workshop_id != held.workshop_id
    ]
    parts: list[Any] = [kit.heading(_("What the room decided"), focus=True)]
    parts += _calls(model, session, voted) or [
        kit.empty(
            _("Open a call, count the hands and reveal them: then the debrief writes itself.")
        )
    ]
    compare = None
    if others:
        which = kit.dropdown(
            _("Compare with"),
            [(_("No other group"), "")] + [(_label(one), one.workshop_id) for one in others],
            "",
        )

        def show(chosen: Any) -> None:
            other = next((one for one in others if one.workshop_id == chosen), None)
            beside.show(*(_beside(model, voted, other) if other else ()))

        kit.on_change(which, show, notice)
        compare = kit.card(which, beside, title=_("Another group with the same deck"))
    page.body.show(
        *parts,
        compare,
        kit.heading(_("To take home")),
        kit.row(
            kit.button(_("Make the handout"), lambda: _handout(model, made), where=notice, key="h"),
            kit.button(_("Make a PDF"), lambda: _pdf(model, made), where=notice, key="f"),
            kit.button(_("Export the votes"), lambda: _export(model, made), where=notice, key="v"),
            *take_home(model, made, notice),
        ),
        made,
        notice,
        kit.row(
            kit.button(_("All calls"), do(model, do="calls"), where=notice, key=("c", *PREVIOUS)),
            kit.button(_("Close the workshop"), model.finish, where=notice, main=True, key="q"),
        ),
        kit.key_help(
            _("H makes the handout · F a PDF · V exports the votes · C all calls · Q closes")
        ),
    )
    page.head(
        sentences.agreement(voted),
        " · ".join(filter(None, (session.deck.title, session.cohort))),
    )
    page.say(sentences.agreement(voted))


def _calls(model: WorkshopModel, session: Session, voted: list[Decision]) -> list[Any]:
    cards = []
    for number, story in enumerate(session.deck.stories):
        held = [one for one in voted if one.call == number]
        played = ways(session, number, model.playbook)
        if not held and not played:
            continue
        cards.append(
            kit.card(
                *(kit.text(sentences.way_sentence(way)) for way in played),
                *(_vote(one) for one in held),
                title=_("Call {n}: {title}").format(n=number + 1, title=story.call.title),
                level=3,
            )
        )
    return cards


def _vote(decision: Decision) -> kit.Html:
    differs = sentences.others_say(decision)
    rest = sentences.others_chose(decision)
    return kit.el(
        "div",
        kit.text(kit.el("b", sentences.finding(decision)), f" {rest}" if rest else ""),
        kit.text(sentences.verdict(decision)),
        kit.source(differs) if differs else None,
        class_="ic-said",
    )


def _label(held: Any) -> str:
    day = held.begun_at.astimezone(_zone())
    return _("{group}, {date}").format(
        group=held.cohort or _("No label"), date=date_in_full(day.date())
    )


def _zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(local_zone())


def _beside(model: WorkshopModel, voted: list[Decision], other: Any) -> list[Any]:
    # Loaded here: intervals bring NumPy and pandas, and most workshops are not compared.
    from interview_coach.workshop.compare import compare

    session = model.session_of(other)
    found = compare(voted, decisions(session, model.playbook))
    if not found:
        return [kit.text(_("The two groups have voted on no decision in common yet."))]
    assert model.session is not None
    now, then = model.session.cohort or _("This group"), other.cohort or _("The other group")
    tables = [
        kit.table(
            (_("Choice"), now, then),
            [(says, str(ours), str(theirs)) for says, ours, theirs in one.rows],
            caption=_("Call {n}, {time}: {noticed}").format(
                n=one.call + 1, time=one.clock, noticed=one.asked
            ),
        )
        for one in found
    ]
    return [
        *tables,
        kit.small(
            _(
                "Shares with their 95% intervals (Wilson). Where two intervals overlap widely, the groups "
                "may well be alike; under ten hands a share says little."
            )
        ),
    ]


def _handout(model: WorkshopModel, made: kit.Region) -> None:
    from interview_coach.workshop.handout import handout_html

    content = _content(model)
    link = kit.download_link(
        _("Save the handout"), _file(model, "handout", "html"), handout_html(content), "text/html"
    )
    _offer(made, link, _("The handout is one file that opens in any browser, and prints."))


def _pdf(model: WorkshopModel, made: kit.Region) -> None:
    from interview_coach.workshop.handout import handout_pdf

    link = kit.download_link(
        _("Save the PDF"),
        _file(model, "handout", "pdf"),
        handout_pdf(_content(model)),
        "application/pdf",
    )
    _offer(made, link, _("The PDF is tagged, so that screen readers can read it."))


def _export(model: WorkshopModel, made: kit.Region) -> None:
    from interview_coach.workshop.export import votes_csv

    if model.session is None or model.held is None:
        raise KitError(_("There is no workshop to export; open one first."))
    text = votes_csv(model.session, model.held.workshop_id, model.held.begun_at, model.playbook)
    link = kit.download_link(_("Save the votes"), _file(model, "votes", "csv"), text, "text/csv")
    _offer(made, link, _("One row for each choice; opens in any spreadsheet."))


def _content(model: WorkshopModel) -> Any:
    from interview_coach.workshop.handout import handout

    if model.session is None or model.held is None:
        raise KitError(_("There is no workshop to write a handout of; open one first."))
    return handout(model.session, model.held.begun_at.astimezone(_zone()).date(), model.playbook)


def _file(model: WorkshopModel, what: str, ending: str) -> str:
    assert model.held is not None
    return f"workshop-{model.held.begun_at.astimezone(_zone()):%Y-%m-%d}-{what}.{ending}"


def _offer(made: kit.Region, link: kit.Html, words: str) -> None:
    made.show(kit.row(link, kit.show(kit.text(words))))
