"""The steps that bring an older log up, one a version; Alembic runs them (see `upgrade`)."""
