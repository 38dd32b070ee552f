"""An agent makes a new letter with a code for one adult, who lost the one before or never had one."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import NUMBERS, code_for
from tests.household.families import agent_client, read
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import ActivationCode, PostedCode
from xpassfam.journal.models import Line
from xpassfam.people.models import Person, Separation

pytestmark = pytest.mark.django_db
SAID = "Nouvelle lettre avec un code d’activation"


@pytest.fixture
def karim(family):
    Person.objects.filter(pk=family.karim.pk).update(member_number=NUMBERS[0])
    family.karim.refresh_from_db()
    return family.karim


def address_of(family, someone):
    return f"/gestion/foyers/{family.home.public_id}/code/{someone.public_id}/"


def test_the_file_leads_to_a_page_that_names_the_consequence_and_issues_nothing(family, karim):
    agent = agent_client()
    assert f'href="{address_of(family, karim)}"' in read(agent, f"/gestion/foyers/{family.home.public_id}/")

    assert "Le code d’avant, s’il y en a un, ne marche plus." in read(agent, address_of(family, karim))
    assert not ActivationCode.objects.exists()


def test_the_letter_is_a_pdf_the_code_before_is_void_and_the_family_reads_it(family, karim):
    former = code_for(karim)
    activation_codes.ask_by_post(karim, by=family.account(family.camille).actor, at=timezone.now())

    paper = agent_client().post(address_of(family, karim))

    assert paper.content.startswith(b"%PDF-")
    assert "no-store" in paper.headers["Cache-Control"]
    assert activation_codes.check(karim, former, at=timezone.now()) is None
    live = activation_codes.live(timezone.now()).get(person=karim)
    assert live.expires_at - timezone.now() > timedelta(days=29)
    assert not PostedCode.objects.filter(printed_at=None).exists()
    assert SAID in read(family.client(family.camille), "/mon-compte/historique/")
    assert Line.objects.get(kind="accounts.code_reissued").actor_kind == "agent"


def test_who_has_an_account_or_may_have_none_gets_no_code(family, karim):
    family.account(karim)
    Person.objects.filter(pk=family.ines.pk).update(member_number=NUMBERS[1])
    agent = agent_client()

    assert "Nouveau code d’activation" not in read(agent, f"/gestion/foyers/{family.home.public_id}/")
    for someone in (karim, family.ines, family.lea, family.antoine):
        assert agent.post(address_of(family, someone)).status_code == 404
    assert not ActivationCode.objects.exists()


def test_no_letter_leaves_for_a_home_where_a_separation_is_declared(family, karim):
    Separation.objects.create(household=family.home, declared_by=family.camille, declared_at=timezone.now())
    agent = agent_client()

    answer = agent.post(address_of(family, karim))

    assert "aucune lettre n’y est sûre" in read(agent, answer.headers["Location"])
    assert not ActivationCode.objects.exists()


def test_nobody_but_an_agent_makes_one(family, karim):
    for client in (family.client(family.camille), Client()):
        assert client.post(address_of(family, karim)).status_code in (302, 403)
    assert not ActivationCode.objects.exists()
