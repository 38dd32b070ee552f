"""Rows are judged by blocks: what comes out is what each row says alone."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.register.files import HOUSEHOLDS, PERSONS, STAYS
from xpassfam.people.actions.staging import HOUSEHOLDS as STAGED_HOUSEHOLDS
from xpassfam.people.actions.staging import PERSONS as STAGED_PERSONS
from xpassfam.register.columns import NAMES
from xpassfam.register.judging import Judge
from xpassfam.register.tables import Table

CELLS = {
    "Dossier": ["NAN-1", "NAN-2", "nan 1", "", "\u200b"],
    "Nom du foyer": ["Foyer Petit", "Foyer Moreau"],
    "Adresse": ["8 rue des Tanneurs", "", " 3 rue  de Lannoy"],
    "Complément": ["", "Bâtiment B"],
    "Code postal": ["59000", "1000", ""],
    "Pays": ["", "BE", "Nulle part"],
    "Identifiant": ["P1", "p2", "P3", "", "\u200b"],
    "Nom": ["Petit", "D’Al", "", "123"],
    "Prénoms": ["Sophie", "Léa, Zoé", ""],
    "Nom de naissance": ["", "Núñez"],
    "Né le": ["14/02/1990", "31/02/1990", "01/01/2099", ""],
    "Rôle": ["titulaire", "tuteur", "voisin", ""],
    "Résidence alternée": ["oui", "", "peut-être"],
    "Depuis": ["01/09/2019", ""],
    "Jusqu'au": ["01/09/2018", "01/09/2026", ""],
    "Accès": ["", "tout", "aucun"],
    "Code d'activation": ["K7QF-2M9TX3", ""],
}
TODAY = date(2026, 11, 24)


class Listening(Judge):
    """Keeps what it stages, but for the public ids that are drawn."""

    def __init__(self, **options):
        super().__init__(TODAY, names_everybody=True, **options)
        self.heard = []

    def flush(self):
        for table, rows in self._staged.items():
            drawn = 1 if table in (STAGED_HOUSEHOLDS, STAGED_PERSONS) else None
            self.heard += [(table.name, *(one for n, one in enumerate(row) if n != drawn)) for row in rows]
            rows.clear()


def judged(header, rows, **options):
    judge = Listening(**options)
    records = enumerate([header, *rows], start=1)
    judge.take(Table("registre.csv", iter(records), NAMES))
    judge.flush()
    return sorted(map(repr, judge.heard)), judge.is_all_named, judge.rows


def rows_of(columns):
    return some.lists(some.tuples(*(some.sampled_from(CELLS[name]) for name in columns)).map(list), max_size=12)


@settings(max_examples=200, deadline=None)
@given(some.data())
def test_a_block_says_what_its_rows_say_one_by_one(data):
    columns = data.draw(some.lists(some.sampled_from(list(CELLS)), min_size=1, unique=True))
    rows = data.draw(rows_of(columns))

    assert judged(columns, rows) == judged(columns, rows, rows_at_once=1)


@pytest.mark.parametrize("content", [HOUSEHOLDS, PERSONS, STAYS])
def test_one_fault_among_many_rows_costs_no_other(content):
    header, *rows = (line.split(";") for line in content.splitlines())
    many = rows * 500
    faulty = [*many[:700], ["", *many[0][1:]], *many[700:]]

    good, _named, number = judged(header, many)
    kept, _named, _number = judged(header, faulty)

    assert number == len(many)
    assert len([one for one in kept if "refused" in one]) == 1
    assert len([one for one in kept if "staged" in one]) == len(good)
