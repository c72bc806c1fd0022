"""Pages, regions, states, tables, notices and progress."""

import ipywidgets as widgets
import pytest

from interview_coach.panels import kit
from interview_coach.panels.kit.nav import PAGES, current_of, nav


def test_a_page_has_one_main_heading_a_bar_and_its_parts() -> None:
    made = kit.page("You spoke at 2:24.", "What you couldn't <see>", "Words", current="practise")
    assert "<h1>You spoke at 2:24.</h1>" in made._head.value
    assert "couldn&#x27;t &lt;see&gt;" in made._head.value
    assert 'aria-current="page">Practise' in made._bar.value
    assert made.body.children[0].value == "<p>Words</p>"
    made.head("It is eight past.")
    assert made._assist.title == "It is eight past."


def test_the_same_words_said_twice_are_heard_twice() -> None:
    made = kit.page("x")
    made.say("Voicemail left.")
    made.say("Voicemail left.")
    assert made._assist.said == [2, "Voicemail left."]


def test_the_bar_names_every_page_once_and_only_real_ones_are_current() -> None:
    bar = nav("today")
    for words, notebook in PAGES.values():
        assert f'data-ic-page="{notebook}"' in bar
        assert f">{words}</a>" in bar
    assert bar.count("aria-current") == 1
    assert current_of("05_log_outcomes") == "outcomes"
    assert current_of("mine") == ""
    with pytest.raises(ValueError, match="There is no page 'nowhere'; the pages are home, today"):
        nav("nowhere")


def test_a_region_lets_go_of_what_it_no_longer_shows() -> None:
    kept, gone = widgets.Text(), widgets.Text()
    region = kit.Region(kit.card(kept), gone)
    region.show(kept, "New words")
    assert gone.comm is None
    assert kept.comm is not None
    assert [child.value for child in region.children] == ["", "<p>New words</p>"]


def test_parts_may_be_text_markup_widgets_or_nothing() -> None:
    row = kit.row("<x>", kit.el("b", "y"), None, widgets.Text("z"))
    assert [child.value for child in row.children] == ["<p>&lt;x&gt;</p>", "<b>y</b>", "z"]


def test_a_card_puts_its_label_and_title_first() -> None:
    made = kit.card("Words", title="Voicemail at 2:08", label=kit.tag("in time", "green"), level=3)
    assert [child.value for child in made.children] == [
        '<p class="ic-label"><span class="ic-tag ic-green">in time</span></p>',
        "<h3>Voicemail at 2:08</h3>",
        "<p>Words</p>",
    ]


def test_colour_never_stands_alone() -> None:
    with pytest.raises(ValueError, match="A tag needs words"):
        kit.tag(" ", "red")
    with pytest.raises(ValueError, match="A figure needs alt text"):
        kit.figure(kit.trusted("<img src='x.png'>"))


def test_headings_have_levels_and_may_take_the_reader_along() -> None:
    assert kit.heading("Now", focus=True) == '<h2 tabindex="-1" data-ic-focus>Now</h2>'
    with pytest.raises(ValueError, match="A heading has level 1 to 4, not 5"):
        kit.heading("x", 5)


def test_a_table_names_its_rows_and_columns() -> None:
    made = kit.table(["Group", "Missed"], [["<phone>", 4]], caption="Missed calls", numbers=1)
    assert '<th scope="row">&lt;phone&gt;</th><td class="ic-number">4</td>' in made
    assert '<th scope="col">Group</th><th scope="col" class="ic-number">Missed</th>' in made
    assert "<caption>Missed calls</caption>" in made


def test_marks_lie_where_they_should_and_are_said() -> None:
    made = kit.marked_text("You forgot <me>.", [(4, 10, "hurts")])
    assert made == (
        '<div class="ic-draft">You <mark class="ic-hurts">forgot'
        '<span class="ic-unseen"> (words that hurt) </span></mark> &lt;me&gt;.</div>'
    )
    for wrong in ([(0, 5, "hurts"), (3, 8, "hurts")], [(0, 99, "hurts")], [(3, 3, "hurts")]):
        with pytest.raises(ValueError, match="overlaps another or leaves the text"):
            kit.marked_text("You forgot.", wrong)


def test_states_say_what_to_do_next() -> None:
    way = kit.link_button("Log a call", page="05_log_outcomes")
    assert "Nothing here yet" in kit.empty("Log one.", way)
    assert way in kit.empty("Log one.", way)
    assert 'role="alert"' in kit.error("It is empty.")
    assert "<b>Done</b>" in kit.finished("It is in your log.")


def test_a_notice_says_what_is_going_on() -> None:
    notice = kit.Notice()
    with notice.working("Reading 1,233 rows"):
        assert (notice.kind, notice.words) == ("working", "Reading 1,233 rows")
        assert 'role="status"' in notice.value
    assert notice.value == ""
    with notice.working("Reading"):
        notice.done("Saved.")
    assert notice.words == "Saved."


def test_progress_says_in_words_how_far_it_is() -> None:
    bar = kit.Progress("Reading the file", 1233)
    bar.to(600)
    assert "Reading the file: 600 of 1,233" in bar.value
    assert '<progress max="1233" value="600" aria-label="Reading the file">' in bar.value
    assert "value=" not in kit.Progress("Working").value.replace("aria-", "")


def test_the_phone_shows_its_clock_and_escapes_its_notes() -> None:
    made = kit.phone(
        "2:07", date="Thursday 5 March", notes=[("Call", "Ms <M>\n2:00")], foot="Paused"
    )
    assert '<div class="ic-phone-clock">2:07</div>' in made
    assert "Ms &lt;M&gt;\n2:00" in made
    assert 'aria-label="Your telephone"' in made
