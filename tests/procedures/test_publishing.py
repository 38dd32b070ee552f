"""A definition is published as a version that never changes."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.procedures.conftest import THIERRY
from tests.procedures.texts import MOVE, changed
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.procedures.actions import SlugTaken, configure
from xpassfam.procedures.language import Refused
from xpassfam.procedures.models import Procedure, Version


def test_a_definition_becomes_the_first_version_of_its_procedure(publishing):
    version = publishing(MOVE)

    procedure = Procedure.objects.published().get()
    assert (procedure.code, procedure.slug, procedure.current) == ("D01", "changement-adresse", version)
    assert (version.number, version.loaded_by) == (1, "Thierry Roux")
    assert version.definition.title == "Déclarer un changement d’adresse"


def test_the_same_text_again_is_no_new_version(publishing):
    assert publishing(MOVE) == publishing(MOVE)
    assert Version.objects.count() == 1


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_as_it_was(publishing):
    first = publishing(MOVE)
    second = publishing(changed("Depuis quand", "À partir de quand"))

    assert second.number == 2
    assert Procedure.objects.get().current == second
    assert Version.objects.get(pk=first.pk).definition.field("since").label == "Depuis quand"


def test_an_old_text_published_again_is_a_version_of_its_own(publishing):
    publishing(MOVE)
    publishing(changed("Depuis quand", "À partir de quand"))

    assert publishing(MOVE).number == 3


@pytest.mark.parametrize("facts", [{"source": ""}, {"tree": {}}, {"number": 7}, {"digest": "0"}])
def test_a_version_is_never_changed_even_behind_the_portal_s_back(publishing, facts):
    publishing(MOVE)

    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.update(**facts)


def test_two_procedures_have_no_same_address(publishing):
    publishing(MOVE)

    with pytest.raises(SlugTaken):
        publishing(changed("code: D01", "code: D99"))


def test_a_refused_text_leaves_what_was_published(publishing):
    version = publishing(MOVE)

    with pytest.raises(Refused):
        publishing(changed("type: date", "type: day"))
    assert Procedure.objects.get().current == version


def test_publishing_is_told_in_the_history(publishing):
    publishing(MOVE)

    [line] = Line.objects.filter(kind="procedures.published")
    assert sentence(line).endswith("a été publiée\u00a0: version 1.")
    assert "Déclarer un changement d’adresse" in sentence(line)


def test_what_an_administrator_sets_stands_before_what_the_definition_says(publishing):
    version = publishing(MOVE)
    procedure = Procedure.objects.get()
    procedure.title, procedure.delay_count = "Déménager", 8
    configure(procedure, changed=["title", "delay_count"], by=THIERRY, at=timezone.now())

    definition = Procedure.objects.published().get().definition
    assert (definition.title, definition.delay.count) == ("Déménager", 8)
    assert version.definition.title == "Déclarer un changement d’adresse"
    [line] = Line.objects.filter(kind="procedures.configured")
    assert "titre, délai promis" in sentence(line)
