"""Lets Django empty the test database, history included: nothing else may do that."""

from django.db import connection

TABLES = ("journal_payload", "journal_forgetting", "journal_line", "journal_head")


def let_postgresql_truncate() -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in TABLES[:3]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_not_emptied ON {table}")


def empty_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal_%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")
        for _, sql in triggers:
            cursor.execute(sql)
