"""Agents see a family's certificates, give one, take one back; its history says so."""

import pytest
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.certificates.certifying import given, read_again, separate
from tests.household.families import agent_client, read
from xpassfam.certificates.models import Certificate, State
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.rules.identifiers import new_public_id

pytestmark = pytest.mark.django_db


def place(family) -> str:
    return f"/gestion/foyers/{family.home.public_id}/attestations/"


def give(client, family, **typed: str):
    usual = {"key": new_public_id(), "given_to": family.camille.public_id, "what": "composition:"}
    return client.post(place(family), usual | typed)


def test_the_file_leads_to_them_and_the_family_reads_that_it_was_opened(family):
    client, made = agent_client(), given(family, family.camille)
    assert place(family) in read(client, f"/gestion/foyers/{family.home.public_id}/")

    assert made.number in read(client, place(family))
    assert Line.objects.filter(kind="household.read", household=family.home.public_id).count() == 1


def test_one_is_given_in_somebody_s_name(family):
    response = give(agent_client(), family)

    assert response.status_code == 302
    made = Certificate.objects.get()
    assert made.given_to == family.camille
    line = Line.objects.get(kind="certificates.issued")
    assert line.actor_kind == "agent"
    assert Certificate.objects.visible_to(family.access(family.camille)).get() == made


def test_it_says_what_that_person_reads_and_no_more(family):
    give(agent_client(), family, given_to=family.lea.public_id)

    assert [one["name"] for one in Certificate.objects.get().said["persons"]] == ["Léa Benali"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"what": "bracket:"}, "Aucun quotient familial"),
        ({"what": "bracket:without_amount"}, "aucune tranche"),
        ({"what": "decision:"}, "Choisissez une des attestations"),
        ({"what": ""}, "Il manque une réponse"),
        ({"given_to": "x"}, "Choisissez une des personnes"),
        ({"given_to": ""}, "Choisissez la personne"),
    ],
)
def test_what_can_t_be_given_is_said(family, typed, words):
    response = give(agent_client(), family, **typed)

    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Certificate.objects.exists()


def test_somebody_of_another_home_is_not_offered(family):
    give(agent_client(), family, given_to=family.antoine.public_id)
    assert not Certificate.objects.exists()


def test_in_a_frozen_file_each_has_their_own_alone(family):
    separate(family)
    client = agent_client()
    assert "séparation est déclarée" in give(client, family, what="card:").content.decode()
    give(client, family)
    assert Certificate.objects.get().is_own


def test_one_is_taken_back_with_a_reason_that_the_family_reads_and_is_mailed(family):
    client, made = agent_client(), given(family, family.camille)
    page = f"/gestion/attestations/{made.public_id}/retrait/"
    assert "Écrivez la raison" in client.post(page, {"reason": " "}).content.decode()
    assert read_again(made).state(timezone.localdate()) is State.VALID

    assert client.post(page, {"reason": "Une naissance était fausse."}).status_code == 302
    gone = read_again(made)
    assert gone.state(timezone.localdate()) is State.REVOKED
    assert gone.reason == "Une naissance était fausse."
    message = Message.objects.get(template="certificates/mail/revoked")
    assert message.to == family.account(family.camille).email
    assert "Une naissance était fausse." in Line.objects.get(kind="certificates.revoked").payload.words

    assert client.post(page, {"reason": "Encore."}).status_code == 302
    assert Message.objects.filter(template="certificates/mail/revoked").count() == 1
    assert read_again(made).reason == "Une naissance était fausse."


def test_a_replaced_one_can_be_taken_back_too(family):
    first = given(family, family.camille)
    given(family, family.camille)
    agent_client().post(f"/gestion/attestations/{first.public_id}/retrait/", {"reason": "Fausse."})

    assert read_again(first).state(timezone.localdate()) is State.REVOKED


def test_reading_the_page_takes_nothing_back(family):
    made = given(family, family.camille)
    read(agent_client(), f"/gestion/attestations/{made.public_id}/retrait/")

    assert read_again(made).state(timezone.localdate()) is State.VALID


def test_the_pdf_that_an_agent_takes_is_in_the_history(family):
    client, made = agent_client(), given(family, family.camille)
    response = client.get(f"/gestion/attestations/{made.public_id}/attestation.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert Line.objects.get(kind="certificates.taken").actor_kind == "agent"


def test_a_form_sent_twice_gives_one(family):
    client, key = agent_client(), new_public_id()
    for _time in range(2):
        give(client, family, key=key)
    assert Certificate.objects.count() == 1


def test_an_administrator_gives_and_reads_none(family, client):
    made = given(family, family.camille)
    sign_in(client, account(role="administrator", email="thierry@organisation.example").email)
    for page in (place(family), f"/gestion/attestations/{made.public_id}/attestation.pdf"):
        assert client.get(page).status_code == 403
