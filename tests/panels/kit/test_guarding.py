"""A handler that fails says so beside its button, keeps what was typed, and logs no client."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from interview_coach.errors import KitError
from interview_coach.panels import kit
from interview_coach.panels.kit import controls, guard


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "log" / "problems.log"
    monkeypatch.setattr(guard, "log_file", lambda: path)
    return path


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are shown and not raised, as on a page."""
    monkeypatch.delenv(guard.RAISE)


@pytest.mark.usefixtures("shown")
def test_a_kit_error_is_shown_as_it_is(log: Path) -> None:
    notice = kit.Notice()

    def handler() -> None:
        raise KitError("The zone <Londn> is not known.")

    kit.button("Go", handler, where=notice).click()
    assert notice.words == "The zone <Londn> is not known."
    assert "&lt;Londn&gt;" in notice.value
    assert 'role="alert"' in notice.value
    assert not log.exists()


@pytest.mark.usefixtures("shown")
def test_anything_else_is_said_in_plain_words_and_logged_without_its_text(log: Path) -> None:
    notice = kit.Notice()

    def handler() -> None:
        raise ValueError("Amara Nwosu, +44 20 7946 0100")

    kit.button("Go", handler, where=notice).click()
    written = log.read_text(encoding="utf-8")
    number = written.split("note ")[1][:4]
    assert notice.words == (
        "That did not work. Nothing you typed is lost. Try again; if it happens again, send the "
        f"file {log} to whoever helps you (note {number})."
    )
    assert "ValueError" in written
    assert "in handler" in written
    assert "Amara" not in written.replace('raise ValueError("Amara Nwosu', "")
    assert "7946 0100" not in written.replace('+44 20 7946 0100")', "")


@pytest.mark.usefixtures("shown")
def test_a_log_that_cannot_be_written_hides_nothing(log: Path) -> None:
    log.parent.parent.joinpath("log").write_text("a file where the folder should be")
    notice = kit.Notice()
    kit.button("Go", lambda: 1 / 0, where=notice).click()
    assert notice.words == "That did not work. Nothing you typed is lost. Try again."


def test_in_tests_it_is_raised_and_still_shown() -> None:
    notice = kit.Notice()
    with pytest.raises(ZeroDivisionError):
        kit.button("Go", lambda: 1 / 0, where=notice).click()
    assert notice.kind == "error"


@pytest.mark.usefixtures("shown")
def test_what_went_wrong_before_is_cleared_and_the_button_is_free_again() -> None:
    notice, went = kit.Notice(), [False]

    def handler() -> None:
        if not went[0]:
            went[0] = True
            raise KitError("Not yet.")

    made = kit.button("Go", handler, where=notice)
    made.click()
    assert (notice.words, made.disabled) == ("Not yet.", False)
    made.click()
    assert (notice.words, notice.value, made.disabled) == ("", "", False)


def test_the_button_is_busy_while_it_runs_and_cannot_be_run_from_within() -> None:
    seen = []

    def handler() -> None:
        seen.append((made.disabled, "ic-busy" in made._dom_classes))
        made.click()

    made = kit.button("Go", handler)
    made.click()
    assert seen == [(True, True)]
    assert not made.disabled
    assert "ic-busy" not in made._dom_classes


def test_a_click_that_waited_in_the_queue_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    # The browser's times of three clicks; each run takes a second of the kernel's clock.
    begin = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
    clicks = iter([begin, begin + timedelta(seconds=0.3), begin + timedelta(seconds=5)])
    clock = iter([0.0, 1.0, 10.0, 11.0])
    monkeypatch.setattr(controls, "sent_at", lambda: next(clicks))
    monkeypatch.setattr(f"{controls.__name__}.time.monotonic", lambda: next(clock))
    runs: list[int] = []
    made = kit.button("Log it", lambda: runs.append(1))
    for _ in range(3):
        made.click()
    assert len(runs) == 2


@pytest.mark.parametrize(
    ("after", "took", "queued"),
    # The last two are quick ones: a double click, and one that is meant.
    [
        *((0.0, 1.0, True), (0.9, 1.0, True), (1.1, 1.0, False), (-2.0, 1.0, False)),
        *((0.2, 0.01, True), (0.5, 0.01, False)),
    ],
)
def test_queued_while(after: float, took: float, queued: bool) -> None:
    first = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
    assert guard.queued_while(first, took, first + timedelta(seconds=after)) is queued


def test_queued_while_without_the_browsers_time() -> None:
    assert not guard.queued_while(None, 1.0, datetime.now(UTC))
    assert not guard.queued_while(datetime.now(UTC), 1.0, None)


def test_a_change_is_guarded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(guard.RAISE)
    notice, field = kit.Notice(), kit.text_input("Your name")

    def handler(value: str) -> None:
        raise KitError(f"{value} is no name.")

    kit.on_change(field, handler, notice)
    field.value = "____"
    assert notice.words == "____ is no name."
    assert field.value == "____"
