import django.db.models.deletion
from django.db import migrations, models


SQLITE = """
CREATE TRIGGER journal_line_unchanged BEFORE UPDATE ON journal_line
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

CREATE TRIGGER journal_line_kept BEFORE DELETE ON journal_line
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

CREATE TRIGGER journal_line_not_replaced BEFORE INSERT ON journal_line
WHEN EXISTS (SELECT 1 FROM journal_line WHERE id = NEW.id OR (scope = NEW.scope AND seq = NEW.seq))
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

CREATE TRIGGER journal_payload_unchanged BEFORE UPDATE ON journal_payload
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

CREATE TRIGGER journal_payload_kept BEFORE DELETE ON journal_payload
WHEN NOT EXISTS (
    SELECT 1 FROM journal_line JOIN journal_forgetting USING (scope)
    WHERE journal_line.id = OLD.line_id AND seq <= through
)
BEGIN SELECT RAISE(ABORT, 'only retention deletes what the history says'); END;

CREATE TRIGGER journal_payload_not_replaced BEFORE INSERT ON journal_payload
WHEN EXISTS (SELECT 1 FROM journal_payload WHERE line_id = NEW.line_id)
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

CREATE TRIGGER journal_forgetting_unchanged BEFORE UPDATE ON journal_forgetting
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;

CREATE TRIGGER journal_forgetting_kept BEFORE DELETE ON journal_forgetting
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END
"""

POSTGRESQL = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION journal_keep_payload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM journal_line JOIN journal_forgetting USING (scope)
        WHERE journal_line.id = OLD.line_id AND seq <= through
    ) THEN
        RAISE EXCEPTION 'only retention deletes what the history says'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER journal_line_kept BEFORE UPDATE OR DELETE ON journal_line
FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_line_not_emptied BEFORE TRUNCATE ON journal_line
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_payload_unchanged BEFORE UPDATE ON journal_payload
FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_payload_kept BEFORE DELETE ON journal_payload
FOR EACH ROW EXECUTE FUNCTION journal_keep_payload();
CREATE TRIGGER journal_payload_not_emptied BEFORE TRUNCATE ON journal_payload
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();

CREATE TRIGGER journal_forgetting_kept BEFORE UPDATE OR DELETE ON journal_forgetting
FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_forgetting_not_emptied BEFORE TRUNCATE ON journal_forgetting
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()
"""

DROP_FUNCTIONS = "DROP FUNCTION IF EXISTS journal_refuse, journal_keep_payload CASCADE"


def create_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    # SQLite takes one statement at a time.
    for statement in SQLITE.split(";\n\n"):
        schema_editor.execute(statement, params=None)


def drop_triggers(apps, schema_editor):
    # SQLite's triggers go with their tables.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP_FUNCTIONS, params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("scope", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=64)),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=60)),
                ("actor_kind", models.CharField(max_length=20)),
                ("actor", models.CharField(blank=True, max_length=32)),
                ("household", models.CharField(blank=True, max_length=32)),
                ("account", models.CharField(blank=True, max_length=32)),
                ("person", models.CharField(blank=True, max_length=32)),
                (
                    "audience",
                    models.CharField(
                        choices=[("self", "La personne seule"), ("household", "Le foyer"), ("staff", "L’organisation")],
                        max_length=12,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=64)),
                ("through", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["scope", "through"], name="forgetting_by_scope")],
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="journal.line",
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("words", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["household", "-at"], name="line_of_household"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["person", "-at"], name="line_of_person"),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(fields=["account", "-at"], name="line_of_account"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("scope", "seq"), name="line_once_in_its_chain"),
        ),
        migrations.RunPython(create_triggers, drop_triggers),
    ]
