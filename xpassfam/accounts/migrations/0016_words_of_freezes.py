
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_freeze_by_discreet_mode'),
    ]

    operations = [
        migrations.AlterField(
            model_name='freeze',
            name='reason',
            field=models.CharField(choices=[('password_reset', 'nouveau mot de passe choisi par e-mail'), ('email_change', 'nouvelle adresse de connexion'), ('not_me', '«\xa0Ce n’était pas moi\xa0»'), ('recovery', 'compte rouvert par un courrier de secours'), ('discreet', 'nouveaux choix pour les messages')], max_length=20),
        ),
    ]
