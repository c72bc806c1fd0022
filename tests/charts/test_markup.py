"""Tables as HTML: words in place of numbers take up the room of the numbers."""

import pytest
from bs4 import BeautifulSoup

from interview_coach.charts.markup import spread, table_html

WHY = "hidden: fewer than 11"


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (("Autumn", "14", "40", "35%", "22% to 50%"), [1, 1, 1, 1, 1]),
        (("Autumn", "", "", WHY, ""), [1, 4]),
        (("Autumn", WHY, ""), [1, 2]),
        (("Autumn", "Jan 2026", "", "", WHY, ""), [1, 1, 4]),
        # Where there are numbers, what is missing beside them stays empty.
        (("Missed", "71", "135", "53%", ""), [1, 1, 1, 1, 1]),
        (("0", "", "", WHY), [1, 3]),
        (("Autumn", "", ""), [1, 1, 1]),
        (("Autumn", "", "no", "no"), [1, 1, 1, 1]),
        (("Autumn",), [1]),
    ],
)
def test_a_reason_takes_up_the_empty_cells_beside_it(
    row: tuple[str, ...], columns: list[int]
) -> None:
    found = spread(row)
    assert [across for _, across in found] == columns
    assert sum(columns) == len(row)
    assert [cell for cell, _ in found if cell] == [cell for cell in row if cell]


def test_a_table_as_html() -> None:
    made = table_html(("<Cohort>", "Missed", "Of"), [("A&B", WHY, "")], "<Missed>", label="Table")
    table = BeautifulSoup(made, "html.parser")
    (region,) = table.select("div[role=region][tabindex='0']")
    assert region["aria-label"] == "Table"
    assert [cell.text for cell in table.select("thead th[scope=col]")] == [
        "<Cohort>",
        "Missed",
        "Of",
    ]
    (name,) = table.select("tbody th[scope=row]")
    (cell,) = table.select("tbody td")
    assert (name.text, cell.text, cell["colspan"]) == ("A&B", WHY, "2")
