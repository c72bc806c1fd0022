"""What Alembic runs: the steps, in the transaction of the connection that it is handed."""

from alembic import context

# Transactional: SQLite takes changes of tables back as it does any other write.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
