"""An invented family, to show an administrator a form as families will see it."""

from datetime import date

from django.utils.translation import gettext as _

from xpassfam.procedures.facts import Facts, Resident
from xpassfam.rules.criteria.atoms import ACTS


def sample_facts(*, today: date) -> Facts:
    first, second = _("Camille Exemple"), _("Alex Exemple")
    me = Resident("exemple-1", first, "holder", date(today.year - 38, 1, 1), _("{n} ans").format(n=38), is_me=True)
    residents = (
        me,
        Resident("exemple-2", second, "partner", date(today.year - 40, 1, 1), _("{n} ans").format(n=40)),
        *(_child(number, age, today) for number, age in enumerate((19, 9, 3), start=3)),
    )
    known = {
        "me.name": first,
        "me.last_name": first.split()[-1],
        "me.first_names": first.split()[0],
        "me.email": "camille@example.org",
        "me.phone": "+33639980013",
        "me.birth_date": f"{today.year - 38}-01-01",
        "home.address": {"address": "2 rue des Lilas", "postcode": "44200", "town": "Nantes", "country": "FR"},
        "home.account": _("Au nom de Camille Exemple, le compte qui finit par 0189."),
        "contested.reference": "D-7K3Q-M2XP",
    }
    return Facts(
        today=today,
        me=me,
        residents=residents,
        bracket="T3",
        acts=frozenset(ACTS),
        emails=frozenset({"camille@example.org"}),
        known=known,
    )


def _child(number: int, age: int, today: date) -> Resident:
    name = _("Enfant{number} Exemple").format(number=number - 2)
    years = _("{n} ans").format(n=age)
    return Resident(f"exemple-{number}", name, "dependent_child", date(today.year - age, 1, 1), years)
