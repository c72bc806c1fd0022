"""Writers that are killed: run by `test_crashes` in a process of its own.

``python crash_writer.py LOG ACKS KILLS WRITERS SEED`` forks WRITERS writers at a time and kills each
after a random moment, until KILLS are dead. A writer notes in ACKS what it is about to log, and, once
the log has said that it is kept, that it was; a note is one system call, which outlives the writer.
"""

import os
import random
import signal
import sys
import tempfile
import time
from itertools import count

from interview_coach.outcomes import OutcomeLog


def write(log_file: str, acks: int, who: str, seed: int) -> None:
    """Log calls and change them, until killed."""
    draw = random.Random(seed)
    with OutcomeLog.open(log_file, "crash") as log:
        for number in count():
            key = f"{who}-{number}"
            os.write(acks, f"try {key}\n".encode())
            call_id = log.add_call(
                {
                    "client_id": f"c{draw.randrange(5)}",
                    "scheduled_at": "2026-03-05T14:00",
                    "timezone": "Europe/London",
                    "state": "completed",
                    "notes": key,
                    "entry_key": key,
                }
            )
            os.write(acks, f"kept {key} {call_id}\n".encode())
            if draw.random() < 0.3:
                os.write(acks, f"try-change {key} {call_id}\n".encode())
                log.change_call(call_id, why="found out", waited_minutes=number % 60)
                os.write(acks, f"changed {key} {call_id} {number % 60}\n".encode())


def warm_up() -> None:
    """Load and compile everything once, so that writers spend their short lives writing."""
    with (
        tempfile.TemporaryDirectory() as folder,
        OutcomeLog.open(f"{folder}/warm.db", "crash") as log,
    ):
        entry = {"client_id": "c", "scheduled_at": "2026-03-05T14:00", "timezone": "Europe/London"}
        call_id = log.add_call({**entry, "state": "completed", "entry_key": "warm"})
        log.change_call(call_id, why="warm", waited_minutes=1)


def main() -> None:
    """Fork writers and kill them."""
    log_file, acks_file, kills, writers, seed = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
    draw = random.Random(seed)
    warm_up()
    acks = os.open(acks_file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    killed = 0
    while killed < kills:
        children = []
        for _ in range(min(writers, kills - killed)):
            killed += 1
            child = os.fork()
            if child == 0:
                try:
                    write(log_file, acks, f"w{seed}-{killed}", seed * 1000 + killed)
                except BaseException as error:
                    os.write(acks, f"failed {error!r}\n".encode())
                os._exit(1)
            children.append(child)
        # From before the log is open to well into the writing.
        time.sleep(draw.uniform(0.0, 0.1 + 0.03 * writers))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
