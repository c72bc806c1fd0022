"""The first page: what can be done here, and how this month goes."""

import os
from typing import TYPE_CHECKING, Any

from interview_coach.errors import KitError
from interview_coach.language import _, ngettext
from interview_coach.outcomes.address import is_there
from interview_coach.panels import kit
from interview_coach.times import local_zone, now_in, read_time
from interview_coach.wording import counted, number, percent

if TYPE_CHECKING:
    import pandas as pd
    from whenever import ZonedDateTime

__all__ = ["home_panel", "month_words"]

_FEW = 10  # below this a rate is called one of few cases (METRICS: uncertainty)


@kit.panel
def home_panel(log: str = "outcomes.db", timezone: str = "", now: str = "") -> kit.Page:
    """Make the home page.

    Parameters
    ----------
    log : str
        The outcome log: a file or a database URL. It is read, never made here.
    timezone : str
        Whose month it is (IANA name); this machine's zone if empty.
    now : str
        The present moment as ``2026-03-05T14:07``; the clock if empty.
    """
    tz = timezone or local_zone()
    moment = read_time(now, tz, _("now")) if now else now_in(tz)
    return kit.page(
        _("The call did not connect. What now?"),
        _("Practise it, handle it, and see how it turned out."),
        kit.columns(
            kit.card(
                _(
                    "A few questions, then what to do this minute, and the voicemail and email for it."
                ),
                kit.row(kit.link_button(_("Start"), page="01_today", main=True)),
                label=kit.tag(_("It is happening now"), "amber"),
                title=_("Nobody has called me"),
            ),
            kit.card(
                _(
                    "A phone, a clock, and an interviewer who has a reason you can't see yet. "
                    "Five minutes."
                ),
                kit.row(kit.link_button(_("Play one"), page="02_practice", main=True)),
                label=kit.tag(_("For me"), "blue"),
                title=_("Practise a missed call"),
            ),
            kit.card(
                _(
                    "The room votes by hand or by phone, you reveal, and everybody sees what each "
                    "choice leads to."
                ),
                kit.row(kit.link_button(_("Open a room"), page="03_workshop", main=True)),
                label=kit.tag(_("For coaches"), "green"),
                title=_("Run a workshop"),
            ),
        ),
        _month(log, moment),
        _shared(os.environ.get("INTERVIEW_COACH_SHARED", "")),
        current="home",
    )


def _shared(link: str) -> Any:
    """Say under which link others reach these pages, and what they could do; None if nobody does."""
    if not link:
        return None
    return kit.card(
        kit.columns(
            kit.Region(
                kit.text(
                    _("On another device in the same network, open:"), " ", kit.el("code", link)
                ),
                kit.text(
                    _(
                        "Whoever has this link can do all that you can do here: they read and change "
                        "your outcome log, clients' names too, and somebody skilled could run any "
                        "program on this computer. Show it only to people to whom you would hand this "
                        "computer."
                    )
                ),
                kit.small(
                    _(
                        "What passes is not encrypted, so share it in a network that you trust. If a "
                        "device does not get through: is it in the same network, and does this "
                        "computer's firewall let Python through? The link ends when you close "
                        "Interview Coach."
                    )
                ),
            ),
            kit.qr(link, _("The link as a QR code for a phone's camera")),
            widths="end",
        ),
        label=kit.tag(_("Shared"), "amber"),
        title=_("Others can open these pages"),
    )


def _month(log: str, now: "ZonedDateTime") -> Any:
    """Make the card of this month; a log that cannot be read does not keep the page from opening."""
    way = kit.link_button(_("Log a call"), page="05_log_outcomes")
    see = kit.link_button(_("See the report"), page="06_outcome_report")
    closer = kit.link_button(_("Look closer"), page="07_explore")
    rules = kit.link_button(_("Compare policies"), page="08_compare_policies")
    try:
        there = is_there(log)
    except KitError as problem:
        return kit.error(str(problem), way, title=_("The log could not be read"))
    if not there:
        return kit.empty(
            _("A minute for each call: from the first one on, this line says how the month goes."),
            way,
            see,
            closer,
            rules,
            title=_("No calls logged yet"),
        )
    try:
        # Loaded here: a page without a log opens a second sooner.
        from interview_coach.outcomes import OutcomeLog

        with OutcomeLog.open(log) as opened:
            calls = opened.calls()
    except KitError as problem:
        return kit.error(str(problem), way, title=_("The log could not be read"))
    words = kit.card(*month_words(calls, now), title=_("This month"))
    words.children = (
        kit.columns(kit.Region(*words.children), kit.row(way, see, closer, rules), widths="end"),
    )
    return words


def month_words(calls: "pd.DataFrame", now: "ZonedDateTime") -> list[kit.Html]:
    """Say how the month goes.

    Parameters
    ----------
    calls : DataFrame
        As `OutcomeLog.calls` gives it.
    now : ZonedDateTime
        Decides which month it is.

    Returns
    -------
    list of Html
        Paragraphs: the rate with its numbers and interval, and what to know about it.
    """
    from interview_coach.measures import in_window, missed_call_rate

    inside, _outside = in_window(
        calls, now.date().replace(day=1).to_stdlib(), now.date().to_stdlib()
    )
    rate = missed_call_rate(inside).iloc[0]
    missed, held = int(rate["n"]), int(rate["N"])
    if not held:
        said = [kit.text(_("No call has been held or missed yet."))]
    else:
        interval = _("({rate}, between {low} and {high})").format(
            rate=percent(rate["value"]), low=percent(rate["low"]), high=percent(rate["high"])
        )
        said = [
            kit.text(
                counted(held, "{n} call", "{n} calls"),
                ", ",
                kit.el("b", ngettext("{n} missed", "{n} missed", missed).format(n=number(missed))),
                f" {interval}.",
            )
        ]
        if held < _FEW:
            said.append(kit.small(_("Few cases: too few to read anything into the percentage.")))
    if bool(inside["synthetic"].fillna(False).any()):
        said.append(kit.small(_("Some of these calls are synthetic: invented to try the kit out.")))
    return said
