"""The nine kinds: what they hold, how long they are, and what is refused."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.advice import Situation, advise
from interview_coach.errors import KitError
from interview_coach.messages import Message, blanks, fields_from_plan, fill, words_in
from interview_coach.playbook import load_playbook
from interview_coach.times import clock_time, read_time

PLAYBOOK = load_playbook()
KINDS = list(PLAYBOOK.kinds)
LONDON = "Europe/London"
START = read_time("2026-03-05T14:00", LONDON, "start")
NOW = START.add(minutes=20)

VALUES: dict[str, Any] = {
    "sender": "Amara Nwosu",
    "reader": "Ms Mahoney",
    "role": "lab manager",
    "appointment": START,
    "now": NOW,
    "new_time": START.add(hours=21),
    "spoken": START.add(minutes=5),
    "available_until": START.add(minutes=60),
    "phone": "020 7946 0100",
    "attempts": 2,
    "times": ("Tuesday after 2 pm", "Wednesday morning"),
    "caller": "candidate",
    "channel": "phone",
    "missed_by_me": False,
    "obstacle_fixed": "I am now on a landline",
}


def message(kind: str, *, least: bool = False, **other: Any) -> Message:
    """Fill a kind with all its blanks, or with those only that it needs."""
    spec = PLAYBOOK.kinds[kind]
    names = spec.needs if least else (*spec.needs, *spec.may)
    return fill(kind, {name: VALUES[name] for name in names} | other, PLAYBOOK, now=NOW)


# The required items of a kind, as far as words can show them (what counts as present is the
# vocabulary of the messages; the review of free drafts is another matter).
SHOWS: dict[str, str] = {
    "sender_name": "Amara Nwosu",
    "interview_reference": "interview",
    "appointment_time": "2:00 pm",
    "current_time": "2:20 pm",
    "contact_details": "020 7946 0100",
    "availability_window": "until 3:00 pm",
    "attempt_made": "called twice and could not get through",
    "hope_to_hear": "hope to hear from you",
    "reschedule_offer": r"another time|reschedule|a new time|which time",
    "specific_times": "Tuesday after 2 pm or Wednesday morning",
    "looks_forward": "look forward to speaking",
    "thanks": "[Tt]hank you",
    "thanks_flexibility": "being flexible",
    "call_direction_request": r"call me instead|swap who calls",
    "apology": "I am sorry",
    "good_time_question": "Is now a good time",
    "correct_number": "The right one is 020 7946 0100",
}
# The confirmation is about the new appointment, which is the next day at eleven.
OTHERWISE = {("email_confirmation", "appointment_time"): "tomorrow at 11:00 am"}


def test_there_are_nine_kinds() -> None:
    assert KINDS == [
        "voicemail_no_answer",
        "email_no_answer",
        "email_reschedule",
        "email_confirmation",
        "email_call_direction",
        "email_thanks",
        "call_apology",
        "email_apology",
        "email_wrong_number",
    ]


@pytest.mark.parametrize("least", [False, True], ids=["all blanks", "needed blanks"])
@pytest.mark.parametrize("kind", KINDS)
class TestKindContract:
    """What holds for every kind, with all blanks filled and with only those it needs."""

    def test_it_holds_what_it_must(self, kind: str, least: bool) -> None:
        text = message(kind, least=least).text
        for item in PLAYBOOK.kinds[kind].required:
            shows = OTHERWISE.get((kind, item), SHOWS[item])
            assert re.search(shows, text), f"{item} is not in:\n{text}"

    def test_it_is_short_enough(self, kind: str, least: bool) -> None:
        """Voicemail 75 words (30 seconds), email 125, call script 60."""
        most = {"voicemail": 75, "email": 125, "call": 60}[PLAYBOOK.kinds[kind].medium]
        found = message(kind, least=least)
        assert PLAYBOOK.kinds[kind].most_words == most
        assert 20 <= found.words <= most
        assert found.words == words_in(found.text)

    def test_it_is_clean(self, kind: str, least: bool) -> None:
        text = message(kind, least=least).text
        assert "  " not in text
        assert "\n\n\n" not in text
        assert text == text.strip()
        assert not re.search(r" [,.;:?!]|[,.;:?!]{2}|\( | \)", text)
        assert not re.search(r"[\[\]{}<>_]|XX|None|True|False", text)
        for line in text.splitlines():
            assert line == line.strip()

    def test_sentences_begin_and_end(self, kind: str, least: bool) -> None:
        found = message(kind, least=least)
        for sentence in re.split(r"(?<=[.?!]) |\n\n", found.body):
            assert sentence[0].isupper() or sentence[0].isdigit()
        assert re.search(r"[.?]$|Amara Nwosu$", found.body)

    def test_it_is_kind(self, kind: str, least: bool) -> None:
        """No blame, no irritation, no pressure; one apology at most."""
        text = message(kind, least=least).text.lower()
        for hard in ("you forgot", "you failed", "you missed", "!", "must", "immediately", "asap"):
            assert hard not in text
        apologies = re.findall(r"sorry|apolog", message(kind, least=least).body.lower())
        assert len(apologies) <= 1

    def test_only_email_has_a_subject(self, kind: str, least: bool) -> None:
        found = message(kind, least=least)
        assert bool(found.subject) == (found.medium == "email")
        assert found.text == (
            f"Subject: {found.subject}\n\n{found.body}" if found.subject else found.body
        )
        assert "\n" not in found.subject

    def test_each_needed_blank_is_asked_for_by_name(self, kind: str, least: bool) -> None:
        spec = PLAYBOOK.kinds[kind]
        for name in spec.needs:
            given = {other: VALUES[other] for other in spec.needs if other != name}
            with pytest.raises(KitError) as refused:
                fill(kind, given, PLAYBOOK, now=NOW)
            asks = PLAYBOOK.fields[name].asks
            assert str(refused.value) == f"{spec.label}: {asks} is missing ({name})."


@pytest.mark.parametrize("kind", [k for k in KINDS if PLAYBOOK.kinds[k].medium != "email"])
def test_what_is_spoken_is_one_paragraph(kind: str) -> None:
    assert "\n" not in message(kind).text
    assert message(kind).spoken_seconds <= 30


def test_a_voicemail_in_full() -> None:
    """B3: name, reason, the time now, how to reach you, until when you are free."""
    assert message("voicemail_no_answer", least=True).text == (
        "Hello, this is Amara Nwosu, calling for our interview, set for today at 2:00 pm. I could "
        "not get through just now. It is 2:20 pm, and I am free until 3:00 pm. You can reach me on "
        "020 7946 0100. If another time is better, I am glad to move it. Thank you."
    )


def test_an_email_in_full() -> None:
    """B4: day and time, tries, how much longer, hope, a new time, thanks."""
    assert message("email_no_answer").text == (
        "Subject: Our interview today at 2:00 pm\n\n"
        "Dear Ms Mahoney,\n\n"
        "I am writing about our interview for the lab manager role, set for today at 2:00 pm. I "
        "called twice and could not get through.\n\n"
        "I am available until 3:00 pm, on 020 7946 0100, and hope to hear from you by then. If "
        "today no longer suits, I would be glad to reschedule at your convenience.\n\n"
        "Thank you for the opportunity.\n\n"
        "Kind regards,\nAmara Nwosu"
    )


@pytest.mark.parametrize(
    ("kind", "blank", "value", "shows"),
    [
        ("email_no_answer", "channel", "video", "I joined the call twice and could not"),
        ("email_no_answer", "channel", "in_person", "I came to your office and called twice"),
        ("email_no_answer", "attempts", 1, "I called once and"),
        ("email_no_answer", "attempts", 3, "I called 3 times and"),
        ("email_call_direction", "caller", "candidate", "Could you call me instead"),
        ("email_call_direction", "caller", "interviewer", "so that I call you at a time"),
        ("voicemail_no_answer", "missed_by_me", True, "I am sorry that I missed your call."),
        ("email_apology", "obstacle_fixed", "I charge it at night.", "I charge it at night.\n"),
        ("email_apology", "times", ("Tuesday at 2",), "I could speak Tuesday at 2."),
        ("email_apology", "times", ("Mon.", "Tue", "Wed"), "I could speak Mon, Tue or Wed."),
        ("email_reschedule", "role", "the lab manager role", "about the lab manager role,"),
        ("email_thanks", "sender", "  Amara   Nwosu ", "Kind regards,\nAmara Nwosu"),
        ("email_thanks", "sender", "{Amara", "{Amara"),
        ("email_no_answer", "appointment", START.subtract(hours=24), "yesterday at 2:00 pm"),
        ("email_no_answer", "available_until", START.add(hours=22), "until 12:00 pm tomorrow"),
    ],
)
def test_the_words_follow_the_blanks(kind: str, blank: str, value: Any, shows: str) -> None:
    assert shows in message(kind, **{blank: value}).text


def test_clock_times_can_be_written_for_24_hours() -> None:
    spec = PLAYBOOK.kinds["email_no_answer"]
    fields = {name: VALUES[name] for name in spec.needs}
    text = fill("email_no_answer", fields, PLAYBOOK, now=NOW, clock="24").text
    assert "today at 14:00" in text
    assert "until 15:00" in text


@pytest.mark.parametrize(
    ("blank", "value", "wrong"),
    [
        ("sender", "[Your name]", "still holds a blank ([Your name]): write the words themselves"),
        ("sender", "____", "still holds a blank (____): write the words themselves"),
        ("sender", "{{ name }}", "still holds a blank ({{ name }): write the words themselves"),
        ("sender", "a" * 401, "is longer than 400 characters"),
        ("sender", "Amara\nBcc: x@example.org", "holds a line break or a control character"),
        ("sender", "A\0", "holds a line break or a control character"),
        ("sender", 7, "must be a list of texts"),
        ("appointment", "2 pm", "must be a date and time"),
        ("attempts", 0, "must be a whole number, 1 or more"),
        ("attempts", True, "must be a whole number, 1 or more"),
        ("attempts", "two", "must be a whole number, 1 or more"),
        ("phone", "none", "is not a telephone number"),
        ("channel", "fax", "must be one of phone, video, in_person"),
    ],
)
def test_a_wrong_value_is_named_with_its_blank(blank: str, value: Any, wrong: str) -> None:
    if blank == "sender" and value == 7:
        wrong = "must be text"
    with pytest.raises(KitError) as refused:
        message("email_no_answer", **{blank: value})
    asks = PLAYBOOK.fields[blank].asks
    assert str(refused.value) == f"Email: nobody answers: '{blank}' ({asks}) {wrong}."


@pytest.mark.parametrize("value", [(), [], "", None, ("",), "Tuesday"])
def test_times_must_be_a_list_that_holds_some(value: Any) -> None:
    with pytest.raises(KitError) as refused:
        message("email_reschedule", times=value)
    says = str(refused.value)
    assert says.startswith("Email: offer a new time: ")
    assert "times" in says


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(KitError) as refused:
        fill("email_thanks", {"sender": "__", "colour": "red"}, PLAYBOOK, now=NOW)
    assert str(refused.value) == (
        "Email: thanks after the interview: When you spoke is missing (spoken); 'sender' (Your "
        "name) still holds a blank (__): write the words themselves; there is no blank called "
        "'colour'."
    )


def test_a_message_that_grows_too_long_names_what_to_shorten() -> None:
    with pytest.raises(KitError) as refused:
        message("call_apology", obstacle_fixed="so " * 40)
    assert str(refused.value) == (
        "Call: apologise and ask for a good time: it has 80 words, the most is 60; shorten "
        "'obstacle_fixed' (What you changed (I am now on a landline))."
    )


def test_an_unknown_kind_lists_the_kinds() -> None:
    with pytest.raises(KitError) as refused:
        blanks("email", PLAYBOOK)
    assert str(refused.value) == f"kind: 'email' is not known; use one of {', '.join(KINDS)}."


class TestWindow:
    """K3: the window in a message agrees with the wait that the plan holds."""

    @staticmethod
    def plan(minutes: int = 20, **facts: Any) -> Any:
        situation = Situation(**{"caller": "interviewer", "scheduled": START, **facts})
        return advise(situation, START.add(minutes=minutes), PLAYBOOK)

    def test_the_plan_gives_the_window(self) -> None:
        plan = self.plan(attempts=2)
        fields = fields_from_plan(plan, {"sender": "Amara Nwosu"})
        found = fill("email_no_answer", fields, PLAYBOOK, now=plan.now, plan=plan)
        assert f"until {clock_time(plan.give_up_at)}" in found.text
        assert "called twice" in found.text

    def test_another_window_is_refused(self) -> None:
        plan = self.plan()
        fields = fields_from_plan(
            plan, {"sender": "Amara Nwosu", "available_until": START.add(minutes=90)}
        )
        with pytest.raises(KitError) as refused:
            fill("email_no_answer", fields, PLAYBOOK, now=plan.now, plan=plan)
        assert str(refused.value) == (
            "'available_until' says 3:30 pm, but the plan holds until 3:00 pm; they must agree "
            "(K3): say 3:00 pm, or change how long you hold."
        )

    def test_a_window_that_has_closed_is_refused(self) -> None:
        plan = self.plan(70)
        fields = fields_from_plan(
            plan, {"sender": "Amara Nwosu", "available_until": START.add(minutes=60)}
        )
        with pytest.raises(KitError) as refused:
            fill("email_no_answer", fields, PLAYBOOK, now=plan.now, plan=plan)
        assert str(refused.value) == (
            "'available_until' is 3:00 pm, which has passed; offer another time instead of a window."
        )

    def test_after_the_wait_the_plan_gives_no_window(self) -> None:
        assert "available_until" not in fields_from_plan(self.plan(70), {})

    def test_after_your_own_miss_you_are_there_for_an_hour(self) -> None:
        plan = self.plan(missed_by="candidate")
        assert fields_from_plan(plan, {})["available_until"] == plan.now.add(hours=1)

    def test_what_a_person_gives_wins_over_what_the_plan_knows(self) -> None:
        assert fields_from_plan(self.plan(attempts=2), {"attempts": 3})["attempts"] == 3

    def test_times_say_whose_they_are_where_the_clocks_differ(self) -> None:
        """A2: a mix-up of zones must not come from our own message."""
        plan = self.plan(their_timezone="America/New_York")
        fields = fields_from_plan(plan, {"sender": "Amara Nwosu"})
        text = fill("email_no_answer", fields, PLAYBOOK, now=plan.now, plan=plan).text
        assert "set for today at 2:00 pm London time." in text
        assert "until 3:00 pm London time, and hope" in text

    def test_times_stay_plain_where_the_clocks_agree(self) -> None:
        plan = self.plan(their_timezone="Europe/Lisbon")
        fields = fields_from_plan(plan, {"sender": "Amara Nwosu"})
        text = fill("email_no_answer", fields, PLAYBOOK, now=plan.now, plan=plan).text
        assert "London time" not in text


class TestSandbox:
    """Templates are data: they get plain values and reach nothing else."""

    @pytest.fixture
    def template(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
        from jinja2 import DictLoader

        from interview_coach.messages import fill as module_function

        environment = module_function.__globals__["_environment"]()

        def render(text: str) -> str:
            monkeypatch.setattr(
                environment, "loader", DictLoader({"en/plain/email_thanks.j2": text})
            )
            environment.cache.clear()
            try:
                return message("email_thanks").text
            finally:
                environment.cache.clear()

        return render

    def test_an_unknown_blank_is_an_error_that_names_it(
        self, template: Callable[[str], str]
    ) -> None:
        with pytest.raises(KitError) as refused:
            template("Subject: x\n\nDear {{ colour }}")
        assert str(refused.value) == (
            "template email_thanks: 'colour' is undefined; put the template right."
        )

    def test_a_broken_template_is_an_error_that_names_it(
        self, template: Callable[[str], str]
    ) -> None:
        with pytest.raises(
            KitError, match=r"^template email_thanks: .*; put the template right\.$"
        ):
            template("Subject: x\n\n{% if %}")

    @pytest.mark.parametrize(
        "escape",
        [
            "{{ ''.__class__.__mro__ }}",
            "{{ sender.__class__.__init__.__globals__ }}",
            "{{ self.__init__.__globals__ }}",
            "{{ cycler.__init__.__globals__.os }}",
            "{% for x in range(10**9) %}{{ x }}{% endfor %}",
            "{{ sender.__getattribute__('__class__') }}",
            "{{ '%s'.format.__globals__ }}",
            "{% include '/etc/passwd' %}",
        ],
    )
    def test_no_way_out(self, template: Callable[[str], str], escape: str) -> None:
        with pytest.raises(KitError, match=r"^template email_thanks: "):
            template("Subject: x\n\n" + escape)


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=30), max_size=4))
def test_any_words_give_a_clean_message_or_one_sentence(
    sender: str, reader: str, times: list[str]
) -> None:
    fields: dict[str, Any] = {
        "sender": sender,
        "reader": reader,
        "appointment": START,
        "times": times,
    }
    try:
        found = fill("email_reschedule", fields, PLAYBOOK, now=NOW)
    except KitError as refused:
        assert "\n" not in str(refused)
    else:
        assert found.subject == "A new time for our interview"
        assert found.words <= 125
        assert "  " not in found.text.replace("\u2028", "")


@pytest.mark.parametrize("kind", ["voicemail_no_answer", "email_apology"])
def test_a_miss_that_has_not_come_is_not_spoken_of(kind: str) -> None:
    with pytest.raises(KitError) as refused:
        message(kind, appointment=START.add(hours=24 * 4))
    label = PLAYBOOK.kinds[kind].label
    assert str(refused.value) == (
        f"{label}: the interview is still ahead (Monday 9 March at 2:00 pm); check its day and "
        "time, or choose another message."
    )
