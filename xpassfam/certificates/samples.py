"""A certificate of invented facts, saved nowhere: what an administrator's words will look like."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.certificates import faces, sheets, wordings
from xpassfam.certificates.kinds import Kind, Words
from xpassfam.certificates.models import Certificate, Paper, Signature
from xpassfam.entitlements.language import INCOME_MONTHS
from xpassfam.organisation.models import current
from xpassfam.people.models import Residence
from xpassfam.rules.income import good_until

CODE = "7K3QM2T9XF4H"
CAMILLE = {"first_name": "Camille", "last_name": "Exemple", "name": "Camille Exemple", "born": "1988-04-12", "mark": 1}
YANIS = {"first_name": "Yanis", "last_name": "Exemple", "name": "Yanis Exemple", "born": "2017-06-18", "mark": 3}
PERSONS = [
    CAMILLE | {"role": Residence.Role.HOLDER, "is_shared": False},
    YANIS | {"role": Residence.Role.DEPENDENT_CHILD, "is_shared": True},
]

RIGHTS = [
    {"code": "R05", "title": _title, "person": "", "whom": whom, "given": given}
    for _title, whom, given in (
        ("Carte Pass Famille", "", {}),
        ("Centre de loisirs", "Yanis", {"percent": 30}),
    )
]


def of_kind(kind: Kind, words: Words, *, on: date) -> Certificate:
    signature, organisation = Signature.objects.first() or Signature(), current()
    facts = {"home": "Foyer Exemple", "file_number": "000000", "name": "Camille Exemple"} | _facts(kind, on=on)
    until = good_until(on.replace(day=1), months=INCOME_MONTHS)
    paper = Paper(code=CODE, kind=kind.code, issued_on=on, valid_until=kind.good_until(on=on, income_until=until))
    number, by = f"{kind.letters}-{on.year}-7K3Q-M2XP", sheets.issuer(organisation, signature)
    around = wordings.filled(words, facts, on=on, is_own=False)
    return Certificate(
        kind=kind.code,
        sheet=sheets.compose(kind, facts, around, number=number, paper=paper, by=by),
        face=faces.drawn(organisation, signature),
    )


def _facts(kind: Kind, *, on: date) -> dict[str, Any]:
    samples: dict[str, dict[str, Any]] = {
        "rights": {"persons": PERSONS, "rights": RIGHTS, "until": {}},
        "composition": {"persons": PERSONS, "address": ["2 RUE DES LILAS", "44200 NANTES"]},
        "bracket": {
            "month": on.replace(day=1).isoformat(), "source": "caf", "bracket": 3, "of": 5, "quotient_cents": 98400,
        },
        "paid": {
            "year": on.year - 1,
            "rows": [{"label": _("Coup de pouce rentrée"), "on": f"{on.year - 1}-09-26", "cents": 8000}],
            "cents": 8000,
        },
        "card": {"persons": PERSONS},
    }  # fmt: skip
    return samples[kind.facts]
