from django.db import migrations, models

from xpassfam.payments import sealing


def mark(apps, schema_editor):
    """Those that a key of the portal still opens."""
    details = apps.get_model("payments", "BankDetails").objects
    for pk, about, sealed, key_name in list(details.values_list("pk", "public_id", "sealed_iban", "key_name")):
        try:
            iban = sealing.unseal(bytes(sealed), key_name, about=about)
        except sealing.Unreadable:
            continue
        details.filter(pk=pk).update(iban_mark=sealing.marks(iban)[0])


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_ordered_anew_once_cancelled"), ("people", "0007_activity")]

    operations = [
        migrations.AddField(
            model_name="bankdetails",
            name="iban_mark",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="bankdetails",
            index=models.Index(
                condition=models.Q(("iban_mark", ""), _negated=True),
                fields=["iban_mark"],
                name="bank_details_by_account",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
