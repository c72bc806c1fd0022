"""When a call was booked: a column that the calls there are leave empty."""

import sqlalchemy as sa
from alembic import op

from interview_coach.outcomes.schema import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no hash of the history changes, as what is empty enters none."""
    op.add_column("calls", sa.Column("booked_at", UtcTime))
