from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from tests.organisation.factories import EXAMPLES, NOON, example
from xpassfam.organisation import demo
from xpassfam.organisation.checks import legal_notice_is_filled, refuse_to_start_without_legal_notice
from xpassfam.organisation.models import Organisation, current

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.toml")), ids=lambda file: file.stem)
def test_every_example_fills_a_portal_that_may_start(file, settings):
    settings.IS_DEMO = False
    call_command("configure_organisation", str(file), stdout=StringIO())
    assert legal_notice_is_filled(None, ["default"]) == []
    refuse_to_start_without_legal_notice()


def test_production_does_not_start_with_an_empty_legal_notice(settings):
    settings.IS_DEMO = False
    (error,) = legal_notice_is_filled(None, ["default"])
    assert "raison sociale" in error.msg
    assert "configure_organisation" in error.hint
    with pytest.raises(ImproperlyConfigured, match="hébergeur"):
        refuse_to_start_without_legal_notice()


def test_one_blank_field_is_enough_to_refuse(settings):
    settings.IS_DEMO = False
    example("ville-de-port-breton")
    Organisation.objects.update(host_phone=" ")
    (error,) = legal_notice_is_filled(None, ["default"])
    assert error.msg == "The legal notice is empty: téléphone de l’hébergeur."


def test_the_database_is_not_asked_where_it_may_be_away(settings, django_assert_num_queries):
    settings.IS_DEMO = False
    with django_assert_num_queries(0):
        assert legal_notice_is_filled(None) == []


def test_the_demo_starts_without_one():
    assert legal_notice_is_filled(None, ["default"]) == []


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    example("mutuelle-du-ponant")
    file = tmp_path / "change.toml"
    file.write_text('[access]\nreset_link_minutes = 45\n[maintenance]\nmaintenance_from = 2026-12-06T22:00:00\n'
                    "maintenance_until = 2026-12-06T23:00:00\n", encoding="utf-8")  # fmt: skip
    call_command("configure_organisation", str(file), stdout=StringIO())
    organisation = current()
    assert organisation.reset_link_minutes == 45
    assert organisation.name == "Mutuelle du Ponant"
    assert organisation.maintenance_from.isoformat() == "2026-12-06T21:00:00+00:00"
    assert organisation.configured_by == "configure_organisation change.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[access]\nreset_link_minuts = 45", "reset_link_minutes"),
        ("[access]\nreset_link_minutes = 5", "reset_link_minutes: "),
        ("[brand]\nbrand_colour = 'vert'", "brand_colour: "),
        ("id = 2", "« id »"),
        ("pas du toml", "TOML"),
    ],
)
def test_a_file_that_is_wrong_says_where_and_changes_nothing(tmp_path, text, said):
    before = example("mutuelle-du-ponant").configured_at
    file = tmp_path / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("configure_organisation", str(file))
    assert said in str(refused.value).replace("\u00a0", " ")
    assert Organisation.objects.get().configured_at == before


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("configure_organisation", "/nowhere.toml")


def test_the_demo_keeps_what_somebody_tried():
    demo.load(at=NOON)
    Organisation.objects.update(name="Essai")
    assert demo.load(at=NOON).name == "Essai"
