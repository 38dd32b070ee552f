import django.db.models.deletion
from django.db import migrations, models


SQLITE = """
CREATE TRIGGER procedures_version_unchanged BEFORE UPDATE ON procedures_version
BEGIN SELECT RAISE(ABORT, 'a version of a definition never changes'); END
"""

POSTGRESQL = """
CREATE FUNCTION procedures_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a definition never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER procedures_version_unchanged BEFORE UPDATE ON procedures_version
FOR EACH ROW EXECUTE FUNCTION procedures_refuse()
"""


def create_trigger(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE, params=None)


def drop_trigger(apps, schema_editor):
    # SQLite's trigger goes with its table.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS procedures_refuse CASCADE", params=None)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True, verbose_name='code')),
                ('slug', models.CharField(max_length=60, unique=True, verbose_name='fin de l’adresse')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='place dans le catalogue')),
                ('is_open', models.BooleanField(default=True, verbose_name='ouverte aux familles')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='titre')),
                ('purpose', models.TextField(blank=True, max_length=1000, verbose_name='à quoi elle sert')),
                ('notice', models.TextField(blank=True, max_length=600, verbose_name='message sur la page')),
                ('delay_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='délai promis')),
            ],
            options={
                'verbose_name': 'démarche',
                'verbose_name_plural': 'démarches',
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('source', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('tree', models.JSONField()),
                ('loaded_at', models.DateTimeField()),
                ('loaded_by', models.CharField(max_length=250)),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='procedures.procedure')),
            ],
        ),
        migrations.AddField(
            model_name='procedure',
            name='current',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.version', verbose_name='version publiée'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('procedure', 'number'), name='version_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='version_numbered_from_one'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='procedure_has_code_and_slug'),
        ),
        migrations.AddConstraint(
            model_name='procedure',
            constraint=models.CheckConstraint(condition=models.Q(('delay_count', None), ('delay_count__range', (1, 400)), _connector='OR'), name='procedure_delay_in_range'),
        ),
        migrations.RunPython(create_trigger, drop_trigger),
    ]
