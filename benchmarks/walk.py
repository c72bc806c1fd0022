"""How long it takes to walk every story of every scenario, with one process and with two.

Run by hand: ``python benchmarks/walk.py``. The two runs must have seen the same.
"""

import time

from interview_coach.playbook import load_playbook
from interview_coach.simulation.walk import MOST_CHOICES, walk_all


def main() -> None:
    playbook = load_playbook()
    seconds: dict[int, float] = {}
    states: dict[int, int] = {}
    for processes in (1, 2):
        begun = time.perf_counter()
        walks = walk_all(playbook, processes=processes)
        seconds[processes] = time.perf_counter() - begun
        states[processes] = sum(found.states for found in walks.values())
        print(
            f"{processes} process{'es' if processes > 1 else ''}: {len(walks)} scenarios, "
            f"{states[processes]:,} points of stories, all orders of {MOST_CHOICES} choices, "
            f"{seconds[processes]:.1f} s"
        )
    assert states[1] == states[2], "both runs must see the same points"
    print(f"one process / two: {seconds[1] / seconds[2]:.2f}")


if __name__ == "__main__":
    main()
