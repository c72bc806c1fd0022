"""A team's log on a PostgreSQL server: who is who, and what the database itself lets each see."""
