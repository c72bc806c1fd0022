"""The driver is spoken to directly: what it gets is what SQLAlchemy would have given it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from interview_coach.outcomes import schema
from interview_coach.outcomes.plain import converter

DIALECT = sqlite.dialect()
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC) | ZONES)
COLUMNS = [
    (schema.calls.c.scheduled_at, TIMES),
    (schema.calls.c.synthetic, st.booleans()),
    (schema.calls.c.waited_minutes, st.integers(0, 1440)),
    (schema.calls.c.notes, st.text()),
    (schema.clients.c.outcome_on, st.dates()),
    (schema.history.c.hash, st.binary()),
]


@pytest.mark.parametrize(("column", "values"), COLUMNS, ids=lambda of: getattr(of, "name", ""))
@given(data=st.data())
def test_a_value_is_stored_as_sqlalchemy_stores_it(
    column: Any, values: st.SearchStrategy[Any], data: st.DataObject
) -> None:
    value = data.draw(values)
    theirs = column.type.dialect_impl(DIALECT).bind_processor(DIALECT)
    ours = converter(column.type, DIALECT)
    assert (ours(value) if ours else value) == (theirs(value) if theirs else value)


def test_a_time_without_a_zone_is_refused() -> None:
    to_text = converter(schema.UtcTime(), DIALECT)
    assert to_text is not None
    with pytest.raises(ValueError, match=r"^a time without a zone cannot be stored$"):
        to_text(datetime(2026, 3, 5, 14))
