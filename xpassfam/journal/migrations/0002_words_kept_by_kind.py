import importlib

from django.db import migrations, models
from django.utils import timezone

first = importlib.import_module("xpassfam.journal.migrations.0001_initial")

# What retention may delete: words of the kinds, and older than the day, that it wrote down first.
MAY_GO = """
    SELECT 1 FROM journal_line JOIN journal_forgetting USING (scope)
    WHERE journal_line.id = OLD.line_id AND seq <= through
        AND journal_line.at < journal_forgetting.before AND {named}
"""
SQLITE = f"""
CREATE TRIGGER journal_payload_kept BEFORE DELETE ON journal_payload
WHEN NOT EXISTS ({MAY_GO.format(named="instr(kinds, ' ' || kind || ' ') > 0")})
BEGIN SELECT RAISE(ABORT, 'only retention deletes what the history says'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION journal_keep_payload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS ({MAY_GO.format(named="strpos(kinds, ' ' || kind || ' ') > 0")}) THEN
        RAISE EXCEPTION 'only retention deletes what the history says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$
"""


def drop_on_sqlite(apps, schema_editor):
    """SQLite makes the table anew to add columns: a trigger that names it would stop that, its own would be lost."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal_%'")
        for (name,) in cursor.fetchall():
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)


def create_anew(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for statement in first.SQLITE.split(";\n\n"):
        if "journal_payload_kept" not in statement:
            schema_editor.execute(statement, params=None)
    schema_editor.execute(SQLITE, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunPython(drop_on_sqlite, migrations.RunPython.noop),
        migrations.AddField(
            model_name="forgetting",
            name="before",
            field=models.DateTimeField(default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="forgetting", name="kinds", field=models.TextField(default=""), preserve_default=False
        ),
        migrations.RunPython(create_anew, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="line", name="line_of_household"),
        migrations.RemoveIndex(model_name="line", name="line_of_person"),
        migrations.RemoveIndex(model_name="line", name="line_of_account"),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["household", "audience", "-at", "-hash"], name="line_by_household"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["person", "audience", "-at", "-hash"], name="line_by_person"),
        ),
        migrations.AddIndex(model_name="line", index=models.Index(fields=["actor", "-at"], name="line_by_actor")),
    ]
