"""The workshop panel: a room votes on missed calls, on a projector, by show of hands.

Two windows may show the same workshop: the room's, on the projector, and the facilitator's notes.
Each looks every second for what the other has done. Everything is in the store, so a closed window
or a restarted kernel loses nothing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from interview_coach.language import _
from interview_coach.panels import kit
from interview_coach.panels.kit.clock import Ticker
from interview_coach.panels.workshop_after import show_debrief, show_end
from interview_coach.panels.workshop_join import JoinCard
from interview_coach.panels.workshop_model import WorkshopModel
from interview_coach.panels.workshop_phones import phones_key, show_phones
from interview_coach.panels.workshop_room import LiveVotes, show_calls, show_dark, show_vote
from interview_coach.playbook import load_playbook
from interview_coach.times import clock_time, day_and_month, local_zone

__all__ = ["workshop_panel"]

_SHOWN = 4  # earlier workshops on the first screen; more would hide what it is for


@kit.panel
def workshop_panel(
    log: str = "outcomes.db",
    house: str = "coach.toml",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> kit.Page:
    """Show the workshop page.

    Parameters
    ----------
    log : str
        The database of the outcome log, in which workshops are kept: a file or a URL. It is made
        when the first workshop begins.
    house : str
        The coach's ``coach.toml``; not there means no house rules.
    clock : callable
        Gives the present moment as an aware datetime.
    """
    model = WorkshopModel(load_playbook(house), log, clock)
    page = kit.page(_("Run a workshop"), "", current="workshop")
    page.model = model
    notice = kit.Notice()
    notice.keep = True
    drawn: dict[str, Any] = {}

    def draw(__: Any = None) -> None:
        session, live = model.session, drawn.get("live")
        # A hand more changes one number: the buttons that are being pressed must stay.
        key = _screen(model)
        if live is not None and key == drawn["screen"] and session is not None:
            live.update(session)
            return
        page.at(model.place)
        drawn["screen"], drawn["live"] = key, _show(page, model, notice)

    page.ticker = Ticker(seconds=1.0)
    kit.on_change(page.ticker, lambda __: model.look(), _Standing(notice), name="ticks")
    page.children = (*page.children, page.ticker)

    def draw_phones(__: Any) -> None:
        # One more phone is no new screen: what is being pressed or read must stay.
        if _screen(model) != drawn["screen"] or drawn["live"] is not None:
            draw()

    model.observe(draw, ["session", "private", "dark", "why"])
    model.phones.observe(draw_phones, ["room", "joining", "choosing"])
    if not model.come_back(kit.came_back_to()):
        draw()
    return page


class _Standing:
    """Says what fails at a tick, and leaves what a button has said before."""

    def __init__(self, notice: kit.Notice) -> None:
        self.fail = notice.fail

    def clear(self) -> None:
        """Take nothing away: a tick comes every second."""


def _screen(model: WorkshopModel) -> Any:
    """Name what is to be seen, but for the hands that are being counted."""
    session = model.session
    if session is None:
        return None
    return (
        *(session.at, session.over, session.node, session.tally.revealed, session.ends.keys()),
        *(model.private, model.dark, model.why, session.play and session.play.outcome),
        *phones_key(model.phones),
    )


def _show(page: kit.Page, model: WorkshopModel, notice: kit.Notice) -> LiveVotes | JoinCard | None:
    session, decision, phones = model.session, model.decision(), model.phones
    room = session is not None and not model.private and not session.over
    for name, on in (("ic-room", room), ("ic-dark", room and model.dark)):
        (page.add_class if on else page.remove_class)(name)
    page.ticker.running = session is not None
    if session is None:
        _show_start(page, model, notice)
    elif room and model.dark:
        show_dark(page, model, notice)
    elif phones.joining or phones.choosing or phones.words is not None:
        return show_phones(page, model, session, notice)
    elif session.over:
        show_debrief(page, model, session, notice)
    elif session.play is None:
        show_calls(page, model, session, notice)
    elif decision is None:
        show_end(page, model, session, session.play, notice)
    else:
        return show_vote(page, model, session, decision, notice)
    return None


def _show_start(page: kit.Page, model: WorkshopModel, notice: kit.Notice) -> None:
    page.head(
        _("Run a workshop"),
        _(
            "A call does not come. The room votes, by show of hands or by phone, and sees where its "
            "choice leads."
        ),
    )
    page.explain(model.example)
    label = kit.text_input(
        _("What do you call this group?"),
        hint=_("Such as \u201cSpring, group B\u201d, to compare groups later. No names of people."),
    )
    decks = [
        (key, _("{deck} ({n} minutes)").format(deck=deck.title, n=deck.minutes))
        for key, deck in model.decks.items()
    ]
    begin = kit.card(
        label,
        kit.el(
            "ul",
            [
                kit.el("li", kit.el("b", deck.title), ". ", deck.about)
                for deck in model.decks.values()
            ],
            class_="ic-findings",
        ),
        kit.choices(decks, lambda key: model.begin(key, label.value), where=notice),
        notice,
        kit.key_help(
            _("Keys 1 to {n}").format(n=len(decks)) if len(decks) > 1 else _("Key 1 begins")
        ),
        title=_("Begin a new one"),
    )
    beside = kit.Region()
    _go_on(beside, model, notice)
    page.body.show(
        kit.columns(begin, beside) if beside.children else begin,
        kit.small(
            _(
                "Votes are counted, and who gave them is not noted, unless you ask phones for names. To "
                "see notes that the room does not see, open this page in a second window and choose \u201cMy notes\u201d there."
            )
        ),
    )


def _go_on(place: kit.Region, model: WorkshopModel, notice: kit.Notice) -> None:
    from whenever import Instant

    zone, parts = local_zone(), list[Any]()
    open_ = model.phones.open_elsewhere()

    def closing(workshop_id: str) -> Callable[[], None]:
        def close() -> None:
            model.phones.close_of(workshop_id)
            _go_on(place, model, notice)

        return close

    for number, held in enumerate(model.earlier()[:_SHOWN]):
        deck = model.decks.get(held.deck)
        begun = Instant(held.begun_at).to_tz(zone)
        name = held.cohort or (deck.title if deck else held.deck)
        parts += [
            kit.text(
                kit.el("b", name),
                " · ",
                _("{date}, {time}").format(
                    date=day_and_month(begun), time=clock_time(begun, clock="24")
                ),
                *((" · ", _("phones can vote")) if held.workshop_id in open_ else ()),
            ),
            kit.row(
                kit.button(
                    _("Go on"),
                    _reopen(model, held.workshop_id, private=False),
                    where=notice,
                    key="g" if number == 0 else None,
                    label=_("Go on with {group}").format(group=name),
                ),
                kit.button(
                    _("My notes"),
                    _reopen(model, held.workshop_id, private=True),
                    where=notice,
                    key="m" if number == 0 else None,
                    label=_("My notes for {group}").format(group=name),
                ),
                kit.button(
                    _("Close its room"),
                    closing(held.workshop_id),
                    where=notice,
                    label=_("Close the room of {group}").format(group=name),
                )
                if held.workshop_id in open_
                else None,
            ),
        ]
    place.show(*([kit.card(*parts, title=_("Go on with one"))] if parts else []))


def _reopen(model: WorkshopModel, workshop_id: str, *, private: bool) -> Callable[[], None]:
    return lambda: model.reopen(workshop_id, private=private)
