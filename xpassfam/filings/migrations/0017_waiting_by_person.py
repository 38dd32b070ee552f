from django.db import migrations, models


def carry(apps, schema_editor):
    """What waited is that of whoever typed last; before words were kept, of who filed it."""
    Filing = apps.get_model("filings", "Filing")
    rows = Filing.objects.exclude(waiting_files={}, waiting_words={}).select_related("filed_by")
    for filing in rows.only("waiting_files", "waiting_words", "filed_by__public_id").iterator(chunk_size=500):
        words = dict(filing.waiting_words)
        person = words.pop("by", filing.filed_by.public_id)
        Filing.objects.filter(pk=filing.pk).update(waiting={person: {"files": filing.waiting_files, **words}})


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0016_silence_to_come"),
    ]

    operations = [
        migrations.AddField(model_name="filing", name="waiting", field=models.JSONField(default=dict)),
        migrations.RunPython(carry, migrations.RunPython.noop),
        migrations.RemoveField(model_name="filing", name="waiting_files"),
        migrations.RemoveField(model_name="filing", name="waiting_words"),
    ]
