from django.db import migrations
from django.db.models import Exists, F, OuterRef, Q


def let_go(apps, schema_editor):
    """What a contest opened again, and whoever had decided still follows, waits for somebody else."""
    decisions = apps.get_model("filings", "Decision").objects.filter(filing=OuterRef("pk"), superseded_at__isnull=False)
    theirs = Q(decided_by=OuterRef("assigned_to")) | Q(proposed_by=OuterRef("assigned_to"))
    filings = apps.get_model("filings", "Filing").objects.filter(ended_at=None, assigned_to__isnull=False)
    filings.filter(Exists(decisions.filter(theirs))).update(assigned_to=None, version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [("filings", "0017_waiting_by_person")]

    operations = [migrations.RunPython(let_go, migrations.RunPython.noop)]
