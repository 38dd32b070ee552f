"""The register that the demo starts from, and the families that the rules are tested on."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from tests.register.files import take
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules.identifiers import has_check_character, member_check

EXAMPLES = Path(__file__).parents[2] / "examples" / "register"
NAMES = ["foyers.csv", "personnes.csv", "rattachements.csv", "codes.csv"]
FICTION = re.compile(r"\+33(63998|19900|26191|35301|46571|53649)\d{4}")
FAMILIES = {
    (
        "Foyer Martin-Benali",
        "44200",
        "Nantes",
    ): "Camille 1988-04-12, Karim 1986-09-03, Inès 2017-06-18, Adam 2023-02-09",
    ("Foyer Le Goff", "29000", "Quimper"): (
        "Yann 1981-01-22, Maëlle 1983-11-05, Nolwenn 2009-03-14, Erwan 2012-08-27, Soizic 2020-12-24"
    ),
    ("Foyer Nguyen", "93200", "Saint-Denis"): "Linh 1994-07-30, Minh 2021-10-02",
    ("Foyer Dubois-Traoré", "69100", "Villeurbanne"): (
        "Aminata 1985-05-17, Julien 1984-02-28, Léa 2006-11-30, Sékou 2014-09-11"
    ),
    ("Foyer Lambert", "25000", "Besançon"): "Odile 1957-03-08, Gérard 1955-12-19",
    ("Foyer Rousseau", "35200", "Rennes"): (
        "Hélène 1979-10-10, Thomas 1978-06-06, Jules 2004-05-20, Emma 2008-11-25, Louis 2011-07-14, Chloé 2015-02-28"
    ),
    ("Foyer Petit", "59000", "Lille"): "Sophie 1990-02-14, Tom 2016-04-01",
    ("Foyer Moreau", "59100", "Roubaix"): "Antoine 1987-07-21, Tom 2016-04-01",
}


@pytest.fixture
def register(db, tmp_path):
    return take(tmp_path, *((EXAMPLES / name).read_bytes() for name in NAMES))


def test_every_row_is_taken(register):
    applied, problems = register

    assert problems == []
    assert applied.created["household"] >= 38
    assert Residence.objects.count() > 120


def test_the_families_of_the_demo_are_exactly_there(register):
    for (name, postcode, town), persons in FAMILIES.items():
        home = Household.objects.get(name=name)
        found = [f"{stay.person.first_name} {stay.person.birth_date}" for stay in home.residences.all()]
        assert (home.postcode, home.town, ", ".join(found)) == (postcode, town, persons)


def test_every_member_number_carries_its_letter(register):
    numbers = list(Person.objects.exclude(member_number=None).values_list("member_number", flat=True))

    assert len(numbers) > 70
    assert all(number[-1] == member_check(number[4:8] + number[9:15]) for number in numbers)


def test_nobody_real_can_be_called_or_written_to(register):
    assert all(FICTION.fullmatch(phone) for phone in Person.objects.exclude(phone="").values_list("phone", flat=True))
    assert all(
        mail.endswith("@example.org") for mail in Person.objects.exclude(email="").values_list("email", flat=True)
    )


def test_every_adult_who_may_sign_in_has_a_code_with_its_check_character():
    with (EXAMPLES / "codes.csv").open(encoding="utf-8") as file:
        codes = [row[1] for row in list(csv.reader(file, delimiter=";"))[1:]]

    assert len(set(codes)) == len(codes)
    assert all(has_check_character(code) for code in codes)


def test_the_hard_cases_of_real_registers_are_there(register):
    births = list(Person.objects.exclude(birth_date=None).values_list("birth_date", flat=True))
    assert date(2020, 2, 29) in births
    assert Person.objects.filter(birth_date=None).exists()
    assert Person.objects.filter(first_names="A", last_name="O").exists()
    assert Person.objects.filter(email="famille.girard@example.org").count() == 2
    assert Household.objects.exclude(country="FR").count() == 2
    assert Household.objects.exclude(closed_on=None).count() == 1
    assert Household.objects.get(town="Bourg-en-Bresse").postcode == "01000"
    assert max(home.residences.count() for home in Household.objects.all()) == 12
    assert Residence.objects.filter(is_shared=True).count() == 7
