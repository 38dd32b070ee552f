from datetime import date

import pytest

from xpassfam.people.models import Residence
from xpassfam.register.cells import BadCell, parse


@pytest.mark.parametrize(
    ("column", "cell", "meant"),
    [
        ("birth_date", "12/04/1988", date(1988, 4, 12)),
        ("birth_date", "1/4/2016", date(2016, 4, 1)),
        ("birth_date", "01.04.2016", date(2016, 4, 1)),
        ("birth_date", "2016-04-01", date(2016, 4, 1)),
        ("birth_date", "2016-04-01 00:00:00", date(2016, 4, 1)),
        ("birth_date", "", None),
        ("phone", "06.39.98.41.27", "+33639984127"),
        ("phone", "+33 (0)6 39 98 41 27", "+33639984127"),
        ("email", " Sophie.PETIT@Example.org ", "sophie.petit@example.org"),
        ("member_number", "esf 2019 4812 k", "ESF-2019-004812-K"),
        ("role", "Enfant à charge", Residence.Role.DEPENDENT_CHILD),
        ("role", "Conjointe", Residence.Role.PARTNER),
        ("role", "tutrice", ""),
        ("is_shared", "OUI", True),
        ("permission", "aucun", "none"),
        ("country", "Belgique", "BE"),
        ("country", "ch", "CH"),
        ("last_name", "  de  La Tour ", "de La Tour"),
        ("last_name", "Ó", "Ó"),
    ],
)
def test_cells_mean_what_people_write(column, cell, meant):
    assert parse(column, cell) == meant


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("birth_date", "31/02/2010", "calendrier"),
        ("birth_date", "12/04/88", "12/04/1988"),
        ("birth_date", "04/13/1988", "calendrier"),
        ("birth_date", "01/01/0198", "1900"),
        ("phone", "bonjour", "06 39 98"),
        ("email", "sophie@", "prenom.nom@example.org"),
        ("member_number", "4812", "ESF-2019-004812-K"),
        ("role", "cousin", r"mot connu \(titulaire, conjoint, enfant, autre adulte, tuteur\)"),
        ("last_name", "—", "lettre"),
        ("town", "x" * 81, "80 caractères"),
    ],
)
def test_a_cell_that_means_nothing_says_why(column, cell, said):
    with pytest.raises(BadCell, match=said):
        parse(column, cell)
