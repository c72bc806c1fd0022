"""Sections and charts as a report has them, and texts that somebody might type to break one."""

import pandas as pd

from interview_coach.charts import Chart, rate_by_group, rate_by_month
from interview_coach.measures import missed_call_rate, ordinary_noise
from interview_coach.reports.pieces import (
    Cards,
    Grid,
    Note,
    Paragraph,
    Picture,
    Points,
    Section,
    Terms,
)
from tests.calls_frames import calls_frame

HOSTILE = (
    '#panic("x") *b* $ _e_ @ref <label> [x] `raw` // comment',
    "<script>alert(1)</script> & </svg>",
    "=1+1",
    "\x00\x01\x1b[31m",
    "中文 עברית العربية हिन्दी 😀",
    "W" * 400,
    "\u202eright to left",
)


def calls(cohorts: tuple[str, ...] = ("Autumn", "Spring"), each: int = 40) -> pd.DataFrame:
    return calls_frame(
        [
            {
                "state": "missed" if place % (3 + number % 3) == 0 else "completed",
                "missed_by": "candidate" if place % (3 + number % 3) == 0 else None,
                "cohort": cohort,
                "scheduled_at": f"2026-{1 + place % 6:02}-05T14:00Z",
            }
            for number, cohort in enumerate(cohorts)
            for place in range(each)
        ]
    )


def chart(cohorts: tuple[str, ...] = ("Autumn", "Spring")) -> Chart:
    rates = ordinary_noise(missed_call_rate(calls(cohorts), "cohort"))
    return rate_by_group(rates, thing="cohort", synthetic=True)


def sections(name: str = "Autumn") -> list[Section]:
    """Build a short report with one piece of every kind; `name` goes wherever a name can."""
    over_time = rate_by_month(
        ordinary_noise(missed_call_rate(calls((name, "Spring")), "month")), synthetic=True
    )
    return [
        Section(
            "27 of 80 calls were missed: 34%",
            Paragraph(f"Outcome report, {name}", "eyebrow"),
            Note("synthetic data", "All calls here are made up; nobody is in them."),
            Paragraph("Counted: 80 calls of 80 interviews, scheduled in 2026.", "lead"),
            Points(("2 calls moved or cancelled with notice.", f"1 call of {name} not held yet.")),
            level=1,
        ),
        Section(
            "Three questions, answered",
            Cards(
                (
                    ("How many calls were missed?", ("27 of 80 (34%, between 24% and 45%).",), ""),
                    ("Who missed them?", (f"{name}: 14 of 40.", "Spring: 13 of 40."), "[METRICS]"),
                    ("How many were moved?", ("None.",), "Moved before the start."),
                )
            ),
        ),
        Section(
            f"{name} stands out",
            Points(("What the chart shows is said in its title.",)),
            Picture("missed by cohort", chart((name, "Spring"))),
            unseen=True,
        ),
        Section("By month", Picture("missed by month", over_time), unseen=True),
        Section(
            "Who missed the calls",
            Grid(
                ("Who missed it", "Missed", "Of calls", "Rate (95% interval)"),
                (
                    (name, "14", "40", "35%, between 22% and 50%"),
                    ("The interviewer", "1", "40", "2%, between 0% and 13%"),
                ),
                "Missed calls by who missed them",
            ),
        ),
        Section(
            "What the words mean",
            Terms(
                (
                    ("Missed", "A call that one side did not join.", "The kit's own definition."),
                    (name, "A cohort.", ""),
                )
            ),
            Paragraph("Intervals are Wilson's, at 95%.", "source"),
        ),
    ]
