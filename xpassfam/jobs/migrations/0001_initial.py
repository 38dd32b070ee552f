from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("django_tasks_database", "0021_conditional_partial_index_ordering")]

    operations = [
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("job", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("next_at", models.DateTimeField()),
            ],
        ),
        # The worker looks every other second for leases that have run out.
        migrations.RunSQL(
            "CREATE INDEX jobs_lease ON django_tasks_database_dbtaskresult (run_after) WHERE status = 'RUNNING'",
            "DROP INDEX jobs_lease",
        ),
        migrations.RunSQL(
            "CREATE INDEX jobs_finished ON django_tasks_database_dbtaskresult (finished_at)"
            " WHERE status IN ('SUCCESSFUL', 'FAILED')",
            "DROP INDEX jobs_finished",
        ),
    ]
