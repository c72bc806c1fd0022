"""Read in tests what a chart has drawn: its artists by name, its texts, and texts that meet."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from interview_coach.charts import Chart
from interview_coach.measures import ordinary_noise
from interview_coach.measures.intervals import newcombe, wilson


def rates(counts: dict[str, tuple[int, int]], *, noise: bool = True) -> pd.DataFrame:
    n = np.array([n for n, _ in counts.values()])
    total = np.array([total for _, total in counts.values()])
    low, high = wilson(n, total)
    frame = pd.DataFrame({"group": list(counts), "n": n, "N": total, "low": low, "high": high})
    frame["value"] = frame["n"] / frame["N"]
    return ordinary_noise(frame) if noise else frame


def pairs(*rows: tuple[str, int, int, int, int]) -> pd.DataFrame:
    """The frame of a comparison: name, n and N of the first, n and N of the second."""
    head = ["name", "n", "N", "n_against", "N_against"]
    frame = pd.DataFrame(rows, columns=head).astype(dict.fromkeys(head[1:], "int64"))
    for end in ("", "_against"):
        n, total = frame[f"n{end}"], frame[f"N{end}"]
        frame[f"value{end}"] = n / total
        frame[f"low{end}"], frame[f"high{end}"] = wilson(n, total)
    frame["difference"] = frame["value"] - frame["value_against"]
    low, high = newcombe(frame["n"], frame["N"], frame["n_against"], frame["N_against"])
    return frame.assign(difference_low=low, difference_high=high)


def drawn(figure: Figure, name: str) -> list[Any]:
    return [artist for artist in figure.axes[0].get_children() if artist.get_gid() == name]


def named(figure: Figure, name: str) -> Any:
    """The one artist of that name, in whichever axes."""
    (artist,) = [a for axes in figure.axes for a in axes.get_children() if a.get_gid() == name]
    return artist


def points(figure: Figure, name: str) -> list[tuple[float, float]]:
    return [tuple(xy) for line in drawn(figure, name) for xy in line.get_xydata()]


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for t in [*figure.texts, *(t for a in figure.axes for t in a.texts)]]


def hide(frame: pd.DataFrame, why: dict[Any, str], column: str = "group") -> pd.DataFrame:
    """The frame with the figures of some rows missing, as where numbers must not be shown."""
    frame = frame.assign(reason=[why.get(name, "") for name in frame[column]])
    for figure in {"n", "N", "value", "low", "high", "pending", "at_risk"} & set(frame.columns):
        frame[figure] = frame[figure].astype("Float64").mask(frame["reason"] != "")
    return frame


def texts_overlap(chart: Chart) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes meet, and texts that leave the sheet, as drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    bad = []
    for figure in (chart.figure, chart.narrow):
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        found: list[Any] = [t for t in figure.findobj(Text) if t.get_text().strip()]
        boxes = [
            (t.get_text(), t.get_window_extent(canvas.get_renderer()))
            for t in found
            if t.get_visible()
        ]
        sheet = figure.bbox
        for number, (text, box) in enumerate(boxes):
            if box.x0 < -1 or box.x1 > sheet.x1 + 1 or box.y0 < -1 or box.y1 > sheet.y1 + 1:
                bad.append((text, "the edge"))
            for other, second in boxes[number + 1 :]:
                wide = min(box.x1, second.x1) - max(box.x0, second.x0)
                high = min(box.y1, second.y1) - max(box.y0, second.y0)
                if wide > 1 and high > 1.5:
                    bad.append((text, other))
    return bad
