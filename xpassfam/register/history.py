"""What the history says of imports."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, declare

IMPORTED = declare(
    "register.imported",
    _(
        "Le registre a été importé : {created} nouveautés, {changed} changements, {closed} fermetures, "
        "{problems} lignes refusées."
    ),
    audience=Audience.STAFF,
)
