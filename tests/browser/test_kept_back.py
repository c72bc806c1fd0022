"""What is typed reaches the kernel before the button that is pressed after it, however slow the kernel is."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest

WORDS = "Hello, this is Alex. I am free until three."


@contextmanager
def busy(app: Any) -> Iterator[None]:
    """Let no kernel answer for as long as it lasts."""
    kernels = psutil.Process(app.pid).children(recursive=True)
    for kernel in kernels:
        kernel.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for kernel in kernels:
            kernel.send_signal(signal.SIGCONT)


@pytest.fixture
def writing(page: Callable[..., Any]) -> Any:
    """The practice page, where an email is to be written."""
    here = page("02_practice")
    here.get_by_role("button", name="Play", exact=True).click()
    here.get_by_role("button", name="Write an email").click()
    here.get_by_label("Your words").wait_for()
    return here


def sent(here: Any) -> str:
    """Give what the debrief quotes of the message that was sent."""
    here.get_by_role("button", name="Stop waiting for today").click()
    here.get_by_role("heading", name="Each step, and why").wait_for()
    return str(here.locator("main").text_content())


def test_ready_words_replace_what_was_typed_just_before(app: Any, writing: Any) -> None:
    with busy(app):
        writing.get_by_label("Your words").press_sequentially(WORDS)
        writing.get_by_role("button", name="Put the ready-made words in").click()
    writing.wait_for_function("document.querySelector('textarea').value.includes('Sam Carter')")
    writing.get_by_role("button", name="Send mine").click()
    assert WORDS not in (debrief := sent(writing))
    assert "Sam Carter" in debrief


def test_a_message_is_sent_with_its_last_words(app: Any, writing: Any) -> None:
    with busy(app):
        writing.get_by_label("Your words").press_sequentially(WORDS)
        writing.get_by_role("button", name="Send mine").click()
    assert WORDS in sent(writing)
