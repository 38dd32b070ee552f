from datetime import date

import pytest

from tests.household.families import allow, read
from tests.people.factories import TODAY, Role, acting, household, living, person
from xpassfam.household import picture
from xpassfam.household.portraits import age_in_words, residents
from xpassfam.people.models import Person
from xpassfam.rules.field_policy import Mode


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2017, 6, 18), "9 ans"),
        (date(2024, 11, 23), "2 ans"),
        (date(2024, 11, 24), "23 mois"),
        (date(2026, 10, 23), "1 mois"),
        (date(2026, 10, 24), "Moins d’un mois"),
        (date(2008, 2, 29), "18 ans"),
        (None, ""),
    ],
)
def test_ages_are_said_as_people_say_them(born, said):
    assert age_in_words(Person(birth_date=born), on=TODAY) == said


@pytest.fixture
def rousseau(db):
    home = household("Foyer Rousseau")
    helene = person("Hélène Rousseau", date(1979, 10, 10))
    for rank, (name, born, role) in enumerate(
        [
            (helene, None, Role.HOLDER),
            ("Thomas Rousseau", date(1978, 6, 6), Role.PARTNER),
            ("Jules Rousseau", date(2004, 5, 20), Role.DEPENDENT_CHILD),
            ("Emma Rousseau", date(2008, 11, 25), Role.DEPENDENT_CHILD),
            ("Ange Rousseau", None, Role.DEPENDENT_CHILD),
        ],
        start=1,
    ):
        someone = name if isinstance(name, Person) else person(name, born, mark=rank)
        living(someone, home, role, rank=rank)
    return residents(acting(helene, home))


def test_persons_come_in_the_familys_order_with_their_place_in_words(rousseau):
    assert [(one.first_name, one.details, one.caption) for one in rousseau] == [
        ("Hélène", "Vous, titulaire", "Vous"),
        ("Thomas", "Partenaire, 48 ans", "Partenaire"),
        ("Jules", "Enfant, 22 ans", "22 ans"),
        ("Emma", "Enfant, 17 ans", "17 ans"),
        ("Ange", "Enfant", "Enfant"),
    ]


def test_a_birth_date_that_the_organisation_hides_is_hidden_from_oneself_too(family):
    client = family.client(family.camille)
    assert "12 avril 1988" in read(client, "/mon-compte/foyer/")

    allow(birth_date=Mode.HIDDEN)

    assert "12 avril 1988" not in read(client, "/mon-compte/foyer/")
    assert "18 juin 2017" in read(client, "/mon-compte/foyer/")  # Inès's: another fact, another choice


def test_a_minor_is_drawn_small_a_grown_child_large(rousseau):
    assert [one.is_small for one in rousseau] == [False, False, False, True, True]


def test_the_picture_holds_everybody_under_one_roof(rousseau):
    drawn = picture.homes(rousseau, [])

    assert len(drawn.ours.line.shapes) == 5
    assert drawn.other is None
    assert drawn.ours.x >= 0
    assert drawn.ours.x + drawn.ours.width <= drawn.width
