"""Buttons, choices and fields, driven without a browser."""

import base64
import datetime as dt
from typing import Any

import pytest
import traitlets

from interview_coach.panels import kit
from interview_coach.panels.kit.nav import nav


def test_every_public_name_is_there() -> None:
    assert all(hasattr(kit, name) for name in kit.__all__)
    assert sorted(kit.__all__) == kit.__all__
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = kit.nothing


def test_choices_give_their_value_and_carry_their_keys() -> None:
    chosen: list[str] = []
    many = [(f"v{n}", f"Text {n}") for n in range(1, 12)]
    made = kit.choices(many, chosen.append)
    made.choose(2)
    made.choose(11)
    assert chosen == ["v2", "v11"]
    keys = [[c for c in b._dom_classes if c.startswith("ic-key-")] for b in made.buttons]
    assert keys[:9] == [[f"ic-key-{n}"] for n in range(1, 10)]
    assert keys[9:] == [[], []]


def test_unnumbered_choices_have_no_keys() -> None:
    made = kit.choices([(1, "a")], lambda _: None, numbered=False)
    assert not any(c.startswith("ic-key-") for c in made.buttons[0]._dom_classes)


def test_main_and_outlined_buttons_and_their_keys() -> None:
    assert "ic-main" in kit.button("Go", lambda: None, main=True)._dom_classes
    made = kit.button("Hint", lambda: None, key="H")
    assert {"ic-outlined", "ic-key-h"} <= set(made._dom_classes)
    for key in ("", "F1", " ", "é"):
        with pytest.raises(ValueError, match="A key is one letter or digit"):
            kit.button("Go", lambda: None, key=key)


def test_a_presenter_s_remote_has_keys_too() -> None:
    made = kit.button("Reveal", lambda: None, key=("PageDown", "ArrowRight", "r"))
    assert {"ic-key-pagedown", "ic-key-arrowright", "ic-key-r"} <= set(made._dom_classes)


def test_every_press_of_a_button_that_counts_is_counted() -> None:
    pressed: list[bool] = []
    made = kit.button(
        "+", lambda: pressed.append(made.disabled), repeat=True, label="One hand more for: Wait"
    )
    for _ in range(3):
        made.click()
    assert pressed == [False] * 3
    assert {"ic-repeat", "ic-named"} <= set(made._dom_classes)
    assert made.tooltip == "One hand more for: Wait"


def test_a_link_knows_its_notebook() -> None:
    assert kit.link_button("Play", page="02_practice", main=True) == (
        '<a href="02_practice.ipynb" data-ic-page="02_practice" class="ic-button ic-main">Play</a>'
    )
    assert 'href="mailto:a@example.org"' in kit.link_button("Mail", href="mailto:a@example.org")


def test_copying_and_saving_hold_exactly_what_was_given() -> None:
    words = 'Dear "Ms" <Mahoney>,\nI\'m free.'
    assert 'data-ic-copy="Dear &quot;Ms&quot; &lt;Mahoney&gt;,\nI' in kit.copy_button("Copy", words)
    link = kit.download_link("Calendar file", "call.ics", words, "text/calendar")
    packed = link.split("base64,")[1].split('"')[0]
    assert base64.b64decode(packed).decode() == words
    assert 'download="call.ics"' in link


@pytest.mark.parametrize(
    ("field", "first", "then"),
    [
        (kit.text_input("a", "x"), "x", "y"),
        (kit.text_area("a", "x"), "x", "two\nlines"),
        (kit.number_input("a", 2), 2, 3),
        (kit.dropdown("a", [("One", 1), ("Two", 2)]), 1, 2),
        (kit.radio("a", [("One", 1), ("Two", 2)]), None, 2),
        (kit.checkbox("a"), False, True),
        (kit.date_input("a"), None, dt.date(2026, 3, 5)),
        (kit.time_input("a"), None, dt.time(14, 7)),
    ],
    ids=["text", "area", "number", "dropdown", "radio", "checkbox", "date", "time"],
)
def test_a_field_and_its_input_say_the_same(field: Any, first: object, then: object) -> None:
    assert field.value == first
    field.value = then
    assert field.input.value == then
    field.input.value = field.input.value
    assert field.value == then
    assert field.input.description == "a"


def test_a_number_outside_its_bounds_is_said_and_the_last_one_counts() -> None:
    field = kit.number_input("How often?", 2, low=0, high=1_500)
    for typed in (-3, 1_501):
        field.input.value = typed
        assert field.value == 2
        assert field.error == "Give a whole number from 0 to 1,500; until then, 2 counts."
    field.input.value = 1_500
    assert (field.value, field.error) == (1_500, "")
    field.input.value = -1
    field.value = 7  # an example fills it in
    assert (field.input.value, field.error) == (7, "")
    assert kit.number_input("How often?", 99, high=50).value == 50


def test_a_field_links_to_a_model() -> None:
    class Model(traitlets.HasTraits):  # type: ignore[misc]  # traitlets carries no types here
        name = traitlets.Unicode("Amara")

    model, field = Model(), kit.text_input("Your name")
    kit.link((model, "name"), (field, "value"))
    assert field.input.value == "Amara"
    field.input.value = "Zoë"
    assert model.name == "Zoë"


def test_a_fields_error_is_escaped_and_goes_away() -> None:
    field = kit.text_input("Zone", hint="Such as Europe/London.")
    shown: Any = field.children[-1]
    assert shown.layout.display == "none"
    field.error = "There is no zone <Londn>."
    assert "&lt;Londn&gt;" in shown.value
    assert shown.layout.display is None
    field.error = ""
    assert shown.value == ""
    assert shown.layout.display == "none"


def test_keys_can_be_turned_off() -> None:
    said = kit.key_help("Keys 1 to 5")
    assert "Turn keys off" in said
    assert "data-ic-keys" in said


def test_half_a_character_becomes_a_question_mark_and_the_rest_stays() -> None:
    field = kit.text_input("Your name")
    field.input.value = "Am\ud83dara \U0001f600"
    assert field.value == "Am?ara \U0001f600"


def test_the_bar_has_the_switches_that_need_no_kernel() -> None:
    bar = nav("home")
    for name in ("large", "dark"):
        assert f'aria-pressed="false" data-ic-looks="{name}"' in bar
