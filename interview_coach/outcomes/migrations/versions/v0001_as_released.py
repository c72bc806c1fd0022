"""The log of the first release: its tables are there already, so there is nothing to do."""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the tables as they are."""
