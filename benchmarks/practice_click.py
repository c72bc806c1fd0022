"""How fast a click in a practised call is answered: engine and debrief, without drawing.

Beside it a bare replay of the same story from its beginning, which is what an answer costs at
least where nothing is kept between two clicks, and the click with its step saved to the disk.

Run it by hand: ``python benchmarks/practice_click.py [--stories 40]``.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from interview_coach.panels.practice_model import PracticeModel
from interview_coach.playbook import load_playbook
from interview_coach.simulation import (
    choices,
    debrief,
    follow_the_guidance,
    load_scenarios,
    replay,
    start,
    step,
)

WANTED = 20.0  # milliseconds that a click's answer may take


def timed(work: Callable[[], object]) -> float:
    """Time one call of something, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stories", type=int, default=40, help="how many stories to play")
    stories = asked.parse_args().stories
    playbook = load_playbook()
    scenarios = list(load_scenarios(playbook).values())
    answers, replays, saved = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        model = PracticeModel(playbook, str(Path(folder) / "outcomes.db"))
        for number in range(stories):
            scenario = scenarios[number % len(scenarios)]
            play = start(scenario, number)
            model.begin(scenario.id, "plain", number)
            while play.outcome is None:
                action, before = follow_the_guidance(play, playbook), play

                def answer() -> None:
                    after = step(before, action, playbook)  # noqa: B023
                    choices(after, playbook)
                    debrief(after, playbook)

                answers.append(timed(answer))
                play = step(play, action, playbook)
                done = [one for _, one in play.actions]
                replays.append(
                    timed(lambda: replay(scenario, number, "plain", done, playbook))  # noqa: B023
                )
                saved.append(timed(lambda: model.act(action)))  # noqa: B023
    median, late = statistics.median(answers), statistics.quantiles(answers, n=100)[-1]
    bare = statistics.median(replays)
    print(f"{len(answers):,} clicks in {stories} stories of {len(scenarios)} scenarios")
    print(f"answer (engine, choices, debrief): median {median:.2f} ms, 1 in 100 over {late:.2f} ms")
    print(f"bare replay from the beginning:    median {bare:.2f} ms")
    print(f"ratio of the answer to the replay: {median / bare:.1f}")
    print(f"with the step saved to the disk:   median {statistics.median(saved):.2f} ms")
    print(f"wanted under {WANTED:g} ms: {'yes' if late < WANTED else 'no'}")


if __name__ == "__main__":
    main()
