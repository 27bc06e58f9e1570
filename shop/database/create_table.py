"""Constraints inside CREATE TABLE, so that one set of migration files is right on both engines."""

from piccolo.query.methods.create import Create
from piccolo.query.methods.create_index import CreateIndex


def _sqlite_create(self: "Create") -> list[str]:
    """SQLite knows constraints only inside CREATE TABLE; Piccolo adds them afterwards."""
    meta = self.table._meta
    columns = meta.non_default_columns if self.only_default_columns else meta.columns
    parts = [column.ddl for column in columns]
    parts += [f'CONSTRAINT "{constraint._meta.name}" {constraint.ddl}' for constraint in meta.constraints]
    head = "CREATE TABLE IF NOT EXISTS" if self.if_not_exists else "CREATE TABLE"
    ddl = [f"{head} {meta.get_formatted_tablename()} ({', '.join(parts)})"]
    for column in columns:
        if column._meta.index:
            ddl += CreateIndex(self.table, [column], column._meta.index_method, self.if_not_exists).ddl
    return ddl


# The same migration files are right on both engines only with this.
Create.sqlite_ddl = property(_sqlite_create)  # type: ignore[assignment]  # replaces Piccolo's own property
