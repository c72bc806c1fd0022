"""The commands `check`, `advise` and `message`, as typed: what is printed, and the exit code."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from interview_coach import check
from interview_coach.cli import main
from interview_coach.playbook import load_playbook

Out = pytest.CaptureFixture[str]

ADVISE = [
    "advise",
    *("--caller", "interviewer"),
    *("--missed-by", "interviewer"),
    *("--scheduled", "2026-03-05T14:00"),
    *("--timezone", "Europe/London"),
]
AT_SEVEN = [*ADVISE, "--now", "2026-03-05T14:07"]


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A coach.toml of whoever runs the tests must not change the answers.
    monkeypatch.chdir(tmp_path)


def run(capsys: Out, *argv: str) -> tuple[int, str, str]:
    try:
        code = main(argv)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


class TestAdvise:
    def test_json_has_the_promised_shape(self, capsys: Out) -> None:
        code, out, err = run(capsys, *AT_SEVEN, "--their-timezone", "America/New_York", "--json")
        plan = json.loads(out)
        assert (code, err) == (0, "")
        assert {"steps", "hold_until", "give_up_at", "variants"} <= set(plan)
        for step in plan["steps"]:
            assert {
                "id",
                "do",
                "earliest",
                "due",
                "latest",
                "because",
                "source",
                "template",
            } <= set(step)
            times = [datetime.fromisoformat(step[name]) for name in ("earliest", "due", "latest")]
            assert times == sorted(times)
            assert all(moment.tzinfo for moment in times)
            assert isinstance(step["source"], list)
        for variant in plan["variants"]:
            assert {"id", "says", "where"} <= set(variant)
        assert plan["hold_until"] == "2026-03-05T14:15:00+00:00"
        assert plan["give_up_at"] == "2026-03-05T15:00:00+00:00"

    def test_when_you_missed_it_nothing_is_held(self, capsys: Out) -> None:
        code, out, _ = run(capsys, *AT_SEVEN, "--missed-by", "candidate", "--json")
        plan = json.loads(out)
        assert code == 0
        assert (plan["hold_until"], plan["give_up_at"]) == (None, None)

    @pytest.mark.parametrize(
        "variants",
        [("--variant", "F4"), ("--variant", "f4,F5"), ("--variant", "F5", "--variant", "F4")],
    )
    def test_a_variant_is_picked_by_id(self, capsys: Out, variants: tuple[str, ...]) -> None:
        _, out, _ = run(capsys, *AT_SEVEN, *variants, "--json")
        assert json.loads(out)["give_up_at"] == "2026-03-05T14:30:00+00:00"

    def test_in_words(self, capsys: Out) -> None:
        code, out, _ = run(capsys, *AT_SEVEN, "--variant", "F4")
        assert code == 0
        assert out.startswith(
            "It is 2:07 pm in Europe/London.\nHold until 2:15 pm, and no longer than 2:30 pm.\n"
        )
        assert "\n2:15 pm: Call the number you were given\n" in out
        assert "\ntomorrow 2:00 pm: Still nothing by tomorrow: offer new times\n" in out
        assert "F4 is followed here: Past 30 minutes" in out
        assert "F1 says otherwise: " in out
        assert "Not now: show no irritation; blame nobody; do not give up" in out

    @pytest.mark.parametrize(
        ("now", "said"),
        [
            ("2026-03-05T14:20", "\nHold no longer than 3:00 pm.\n"),
            ("2026-03-05T15:00", ""),
            ("2026-03-07T09:30", ""),
        ],
    )
    def test_a_wait_that_is_over_is_not_asked_for(self, capsys: Out, now: str, said: str) -> None:
        _, out, _ = run(capsys, *ADVISE, "--now", now)
        assert said in out
        assert ("Hold" in out) == bool(said)

    def test_after_a_new_time_is_agreed(self, capsys: Out) -> None:
        code, out, _ = run(capsys, *AT_SEVEN, "--new-time", "2026-03-06T10:00", "--json")
        due = {step["id"]: step["due"] for step in json.loads(out)["steps"]}
        assert code == 0
        assert due["confirm-ahead"] == "2026-03-06T08:30:00+00:00"

    def test_after_you_spoke(self, capsys: Out) -> None:
        _, out, _ = run(capsys, *AT_SEVEN, "--spoke-at", "2026-03-05T14:05", "--json")
        assert [step["id"] for step in json.loads(out)["steps"]] == ["thank-them"]

    def test_without_now_the_clock_is_read(self, capsys: Out) -> None:
        code, out, _ = run(capsys, *ADVISE, "--json")
        assert (code, bool(json.loads(out)["steps"])) == (0, True) or code == 2

    def test_the_repeated_hour(self, capsys: Out) -> None:
        """The clocks went back at 2:00: ten past one came after half past one."""
        argv = [
            *("advise", "--caller", "interviewer", "--timezone", "Europe/London"),
            *("--scheduled", "2026-10-25T01:30", "--now", "2026-10-25T01:10", "--json"),
        ]
        _, out, _ = run(capsys, *argv)
        plan = json.loads(out)
        assert plan["steps"][0]["due"] == "2026-10-25T01:10:00+00:00"
        assert plan["hold_until"] == "2026-10-25T01:45:00+01:00"

    def test_house_rules_here_are_used(self, capsys: Out, tmp_path: Path) -> None:
        (tmp_path / "coach.toml").write_text("[playbook]\nvariants = ['F4']\n", encoding="utf-8")
        _, out, _ = run(capsys, *AT_SEVEN, "--json")
        assert json.loads(out)["give_up_at"] == "2026-03-05T14:30:00+00:00"

    @pytest.mark.parametrize(
        ("argv", "says"),
        [
            (
                [*ADVISE, "--now", "2026-03-05T13:00"],
                "now: it is 1:00 pm today and the interview is 2:00 pm today (Europe/London), 1 "
                "hour ahead; nothing has been missed yet, ask again once it has begun or check the "
                "date and zone that you gave.",
            ),
            (
                [*AT_SEVEN, "--timezone", "Lodnon"],
                "--timezone: there is no time zone called 'Lodnon'; did you mean 'Europe/London'?",
            ),
            (
                [*AT_SEVEN, "--their-timezone", "Mars"],
                "--their-timezone: there is no time zone called 'Mars'; use a name such as "
                "'Europe/London'.",
            ),
            (
                [*AT_SEVEN, "--scheduled", "2026-02-30T14:00"],
                "--scheduled: '2026-02-30T14:00' is not a date and time: that month has 28 days; "
                "write it as 2026-03-05T14:00.",
            ),
            (
                [*AT_SEVEN, "--scheduled", "2026-03-29T01:30"],
                "--scheduled: 01:30 on Sunday 29 March does not exist in Europe/London, where the "
                "clocks go forward just then; look at the invitation again (02:30 may be meant).",
            ),
            (
                [*AT_SEVEN, "--now", "9999-12-31T23:59"],
                "--now: the year 9999 cannot be meant; give one from 1970 to 2200.",
            ),
            (
                [*AT_SEVEN, "--variant", "F10"],
                "variant: there is no variant 'F10'; use one of F1, F2, F3, F4, F5, F6, F7, F8, F9.",
            ),
            ([*AT_SEVEN, "--attempts=-1"], "attempts: -1 calls cannot be; give 0 or more."),
            ([*AT_SEVEN, "--miss", "0"], "miss: 0 cannot be; the first miss is 1."),
            (
                [*AT_SEVEN, "--house", "no.toml"],
                "--house: there is no file 'no.toml'; check the path.",
            ),
        ],
    )
    def test_what_is_wrong_is_one_sentence(self, capsys: Out, argv: list[str], says: str) -> None:
        assert run(capsys, *argv) == (2, "", f"interview-coach: {says}\n")

    @pytest.mark.parametrize(
        ("argv", "says"),
        [
            (["advise"], "the following arguments are required"),
            ([*AT_SEVEN, "--caller", "me"], "argument --caller: invalid choice: 'me'"),
            ([*AT_SEVEN, "--attempts", "two"], "argument --attempts: invalid int value: 'two'"),
            ([], "the following arguments are required: COMMAND"),
            (["advice"], "invalid choice: 'advice'"),
        ],
    )
    def test_a_wrong_option_points_to_the_help(
        self, capsys: Out, argv: list[str], says: str
    ) -> None:
        code, out, err = run(capsys, *argv)
        assert (code, out) == (2, "")
        assert says in err
        assert err.endswith("--help.\n")
        assert err.count("\n") == 1


class TestCheck:
    def test_the_ledger_is_green(self) -> None:
        # In a process of its own: measured by coverage, walking every story takes minutes.
        done = subprocess.run(
            [sys.executable, "-c", "from interview_coach.cli import main; exit(main(['check']))"],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        out = done.stdout
        assert (done.returncode, done.stderr) == (0, "")
        assert "  ok  B1  rule check-number" in out
        assert out.endswith("all covered.\n")
        assert "NO " not in out
        # Every scenario is walked, and none but comes to an end.
        assert re.search(r"  ok  silent_phone: [\d,]+ points of stories, [\d,]+ ends \(", out)
        assert out.count(" points of stories, ") == len(load_playbook().scenarios)
        assert (
            "  ok  dial (B1): speaks at [caller candidate, minutes past 1, attempts 1], silent at "
            "[caller candidate, minutes past 1, attempts 3]\n"
        ) in out

    def test_json_names_each_id_rule_and_template(self, capsys: Out) -> None:
        code, out, _ = run(capsys, "check", "--quick", "--json")
        found = json.loads(out)
        assert (code, found["ok"], found["holes"]) == (0, True, [])
        assert all(entry["carried_by"] for entry in found["guidance"])
        assert all(rule["must_speak"] and rule["must_be_silent"] for rule in found["rules"])
        assert len(found["templates"]) == 9
        dial = next(rule for rule in found["rules"] if rule["id"] == "dial")
        assert dial["speaks_in"] == "caller candidate, minutes past 1, attempts 1"
        assert dial["silent_in"] == "caller candidate, minutes past 1, attempts 3"

    def test_a_rule_that_is_silent_where_it_must_speak_is_a_hole(
        self, capsys: Out, tmp_path: Path
    ) -> None:
        (tmp_path / "coach.toml").write_text(
            "[[playbook.change]]\nrule = 'dial'\nwhen = { caller = ['interviewer'] }\n",
            encoding="utf-8",
        )
        code, out, _ = run(capsys, "check", "--quick")
        assert code == 1
        assert "Hole: rule dial: it is silent in the example where it must speak.\n" in out
        assert "Changed by house: dial, when: " in out
        assert run(capsys, "check", "--quick", "--json")[0] == 1

    def test_a_rule_that_speaks_where_it_must_be_silent_is_a_hole(
        self, capsys: Out, tmp_path: Path
    ) -> None:
        (tmp_path / "coach.toml").write_text(
            "[[playbook.change]]\nrule = 'stay-calm'\n"
            "when = { missed_by = ['interviewer', 'candidate'] }\n",
            encoding="utf-8",
        )
        code, out, _ = run(capsys, "check", "--quick")
        assert code == 1
        assert "Hole: rule stay-calm: it speaks in the example where it must be silent.\n" in out

    def test_a_guidance_id_that_nothing_carries_is_a_hole(self) -> None:
        playbook = load_playbook()
        rest = {key: rule for key, rule in playbook.rules.items() if key != "stay-calm"}
        found = check.ledger(replace(playbook, rules=rest))
        assert [hole.where for hole in found.holes] == ["A1", "A3"]

    def test_house_rules_that_cannot_be_read_are_told(self, capsys: Out, tmp_path: Path) -> None:
        (tmp_path / "coach.toml").write_text("[playbook]\nvariants = ['F0']\n", encoding="utf-8")
        code, _, err = run(capsys, "check", "--quick")
        assert code == 2
        assert err.startswith("interview-coach: The playbook has 1 fault: coach.toml, variant: ")

    @pytest.mark.parametrize("rule", ["log = []", "[log]\nretention_months = 0"])
    def test_what_they_say_of_the_log_is_read_too(
        self, capsys: Out, tmp_path: Path, rule: str
    ) -> None:
        (tmp_path / "coach.toml").write_text(rule, encoding="utf-8")
        code, _, err = run(capsys, "check", "--quick")
        assert code == 2
        assert err.startswith("interview-coach: coach.toml: ")


class TestMessage:
    SET = (
        *("--set", "sender=Amara Nwosu"),
        *("--set", "appointment=2026-03-05T14:00"),
        *("--set", "available_until=2026-03-05T15:00"),
        *("--set", "attempts=2"),
    )
    AT = ("--timezone", "Europe/London", "--now", "2026-03-05T14:20")

    def test_a_filled_email(self, capsys: Out) -> None:
        code, out, err = run(capsys, "message", "email_no_answer", *self.AT, *self.SET)
        assert (code, err) == (0, "")
        assert out.startswith("Subject: Our interview today at 2:00 pm\n\nHello,\n")
        assert "until 3:00 pm" in out

    def test_a_blank_given_twice_is_a_list(self, capsys: Out) -> None:
        times = ("--set", "times=Tuesday at 2", "--set", "times=Friday")
        _, out, _ = run(capsys, "message", "email_reschedule", *self.AT, *self.SET, *times)
        assert "I could speak Tuesday at 2 or Friday," in out

    @pytest.mark.parametrize(
        ("argv", "says"),
        [
            (
                ("email", *AT),
                "kind: 'email' is not known; use one of " + ", ".join(load_playbook().kinds) + ".",
            ),
            (
                ("email_thanks", *AT),
                "Email: thanks after the interview: Your name is missing (sender); When you spoke "
                "is missing (spoken).",
            ),
            (
                ("email_thanks", *AT, "--set", "sender"),
                "--set: 'sender' has no '='; write it as sender=Amara Nwosu.",
            ),
            (
                ("email_thanks", *AT, "--set", "spoken=noon"),
                "--set spoken: 'noon' is not a date and time; write it as 2026-03-05T14:00 "
                "(year-month-day, T, hours:minutes).",
            ),
            (
                ("email_no_answer", *AT, *SET, "--set", "attempts=many"),
                "Email: nobody answers: 'attempts' (How often you called) must be a whole number, 1 "
                "or more.",
            ),
            (
                ("email_no_answer", *AT, *SET, "--set", "missed_by_me=perhaps"),
                "Email: nobody answers: 'missed_by_me' (You missed the call yourself) must be yes or "
                "no.",
            ),
        ],
    )
    def test_what_is_wrong_is_one_sentence(
        self, capsys: Out, argv: tuple[str, ...], says: str
    ) -> None:
        assert run(capsys, "message", *argv) == (2, "", f"interview-coach: {says}\n")


def test_a_name_that_the_terminal_cannot_show_is_no_traceback() -> None:
    argv = ["message", "email_thanks", *TestMessage.AT, "--set", "spoken=2026-03-05T14:00"]
    code = f"from interview_coach.cli import main; main([*{argv!r}, '--set', 'sender=\u0141ucja'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        check=True,
    )
    assert done.stderr == b""
    assert done.stdout.endswith(b"?ucja" + os.linesep.encode())


def test_the_version(capsys: Out) -> None:
    code, out, _ = run(capsys, "--version")
    assert (code, out.startswith("interview-coach ")) == (0, True)


HEAVY = (
    "pandas",
    "matplotlib",
    "ipywidgets",
    "sqlalchemy",
    "scipy",
    "papermill",
    "jinja2",
    "numpy",
)


@pytest.mark.parametrize(
    "code",
    [
        "import interview_coach",
        f"from interview_coach.cli import main; main({[*AT_SEVEN, '--json']!r})",
    ],
    ids=["import", "advise"],
)
def test_advice_loads_nothing_heavy(code: str) -> None:
    """What keeps `import interview_coach` and `interview-coach advise` quick."""
    asked = (
        f"{code}\nimport sys; print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
