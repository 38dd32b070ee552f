from django.db import migrations, models


def note(apps, schema_editor):
    """By the definition that each was filed with."""
    trees = apps.get_model("procedures", "Version").objects.values_list("pk", "tree")
    complaints = [pk for pk, tree in trees if any(one["name"] == "contest" for one in tree.get("effects", ()))]
    apps.get_model("filings", "Filing").objects.filter(procedure_version__in=complaints).update(is_complaint=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_words_of_freezes"),
        ("filings", "0010_two_agents"),
        ("people", "0007_activity"),
        ("procedures", "0001_procedures"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="filing", name="filing_queue_of_contests"),
        migrations.AddField(
            model_name="filing",
            name="is_complaint",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False), ("ended_at", None), ("is_complaint", True)),
                fields=["due_on", "id"],
                name="filing_queue_of_complaints",
            ),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
