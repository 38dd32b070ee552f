"""A change that needs approval: asked, shown, withdrawn, approved, refused with a reason, told."""

import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.household.families import OLD, agent_client, allow, ask_for_address, fresh, hidden, read, send
from xpassfam.household import change_queue
from xpassfam.household.models import Change
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.people.actions.correcting import texts_of
from xpassfam.people.models import Correction
from xpassfam.rules.field_policy import Mode

pytestmark = pytest.mark.django_db
HOME, ADDRESS, QUEUE = "/mon-compte/foyer/", "/mon-compte/foyer/adresse/", "/gestion/changements/"


def kinds():
    return list(Line.objects.filter(kind__startswith="household.").order_by("pk").values_list("kind", flat=True))


def test_the_new_value_waits_under_the_present_one(family):
    client = family.client(family.camille)

    ask_for_address(client)

    page = read(client, HOME)
    assert "14 rue du Coudray" in page
    assert "En attente\u00a0: 3 rue Neuve, 44000 Nantes" in page
    assert "par Camille Martin" in page
    assert texts_of(fresh(family.home), "address") == OLD
    assert kinds() == ["household.change_asked"]
    assert not Correction.objects.exists()


def test_both_parents_see_it_and_may_withdraw_it(family):
    change = ask_for_address(family.client(family.camille))
    karim = family.client(family.karim)
    withdraw = f"/mon-compte/changements/{change.public_id}/retrait/"

    assert "3 rue Neuve" in read(karim, withdraw)
    assert fresh_change(change).status == "pending", "reading the page changes nothing"
    assert karim.post(withdraw).headers["Location"] == HOME

    assert fresh_change(change).status == "withdrawn"
    assert "En attente" not in read(karim, HOME)
    assert kinds() == ["household.change_asked", "household.change_withdrawn"]


def test_what_waits_to_be_emptied_is_said_in_words(family):
    allow(phone=Mode.APPROVAL)
    client = family.client(family.camille)

    send(client, "/mon-compte/profil/telephone/", phone="")

    page = read(client, "/mon-compte/profil/")
    assert "En attente\u00a0: à effacer" in page
    assert "En attente\u00a0: rien" not in page


def test_a_refused_value_is_there_to_be_corrected(family):
    client = family.client(family.camille)
    change = ask_for_address(client, address="3 rue Neuve")
    agent_client().post(f"/gestion/changements/{change.public_id}/refus/", {"reason": "mistake"})
    again = f"{ADDRESS}?corriger={change.public_id}"
    assert f'href="{again}"' in read(client, "/mon-compte/profil/")

    assert "3 rue Neuve</textarea>" in read(client, again)
    assert "14 rue du Coudray</textarea>" in read(client, ADDRESS)
    response = send(client, again, country="FR", address="5 rue Neuve", postcode="44000", commune="44109")

    assert response.status_code == 302
    assert Change.objects.pending().get().after["address"] == "5 rue Neuve"


def test_a_refused_value_fills_in_its_own_form_only_and_for_whoever_asked(family):
    change = ask_for_address(family.client(family.camille), address="3 rue Neuve")
    agent_client().post(f"/gestion/changements/{change.public_id}/refus/", {"reason": "mistake"})

    assert "3 rue Neuve" not in read(family.client(family.karim), f"{ADDRESS}?corriger={change.public_id}")
    phone = read(family.client(family.camille), f"/mon-compte/profil/telephone/?corriger={change.public_id}")
    assert 'value="06 39 98 00 13"' in phone


def test_a_form_sent_again_after_the_withdrawal_asks_nothing_by_itself(family):
    client = family.client(family.camille)
    typed = hidden(client, ADDRESS) | {"country": "FR", "address": "3 rue X", "postcode": "44000", "commune": "44109"}
    client.post(ADDRESS, typed)
    client.post(f"/mon-compte/changements/{Change.objects.get().public_id}/retrait/")

    response = client.post(ADDRESS, typed)

    assert response.context["is_overtaken"]
    assert Change.objects.get().status == "withdrawn"


def test_while_one_waits_no_other_is_asked(family):
    camille, karim = family.client(family.camille), family.client(family.karim)
    typed = hidden(karim, ADDRESS) | {"country": "FR", "address": "9 rue X", "postcode": "44000", "commune": "44109"}
    ask_for_address(camille)

    response = karim.post(ADDRESS, typed, follow=True)

    assert "Un changement attend déjà une réponse." in html.unescape(response.content.decode())
    assert Change.objects.count() == 1


def test_an_agent_sees_old_and_new_side_by_side_with_who_asked_and_the_reading_is_told(family):
    change = ask_for_address(family.client(family.camille))
    agent = agent_client()

    listed = read(agent, QUEUE)
    assert "Foyer Martin" in listed
    assert "Neuve" not in listed, "values are read on the page whose reading is told"
    page = read(agent, f"{QUEUE}{change.public_id}/")

    for words in ("14 rue du Coudray", "3 rue Neuve", "Demandé par Camille Martin", family.home.file_number):
        assert words in page
    assert kinds()[-1] == "household.change_opened"


def test_approved_it_is_done_told_by_mail_on_the_page_and_in_the_history(family):
    client = family.client(family.camille)
    change = ask_for_address(client)

    response = agent_client().post(f"{QUEUE}{change.public_id}/accord/", follow=True)

    assert "Le changement est fait." in html.unescape(response.content.decode())
    assert fresh(family.home).address == "3 rue Neuve"
    assert Correction.objects.get().household == family.home
    assert kinds()[-1] == "household.change_approved"
    mail = Message.objects.get(template="household/mail/approved")
    assert mail.to == family.account(family.camille).email
    assert "3 rue Neuve" not in str(mail.context), "the new address is for the page, not for a mailbox"
    assert "Changement accepté\u00a0: adresse" in read(client, "/mon-compte/profil/")


def test_refused_it_says_why_until_it_is_read(family):
    client = family.client(family.camille)
    change = ask_for_address(client)
    words = "Envoyez une facture de moins de 3 mois."

    agent_client().post(f"{QUEUE}{change.public_id}/refus/", {"reason": "proof", "explanation": words})

    page = read(client, "/mon-compte/profil/")
    assert "Changement refusé\u00a0: adresse" in page
    assert f"Il nous faut un justificatif.</b> {words}" in page
    assert texts_of(fresh(family.home), "address") == OLD
    assert kinds()[-1] == "household.change_refused"
    assert Message.objects.get(template="household/mail/refused").context["reason"].endswith(words)
    assert "Vous avez une réponse" in read(client, "/mon-compte/")

    client.post(f"/mon-compte/changements/{change.public_id}/lu/")

    assert "Changement refusé" not in read(client, "/mon-compte/profil/")
    assert "Vous avez une réponse" not in read(client, "/mon-compte/")


def test_no_refusal_leaves_without_a_reason_that_says_something(family):
    change = ask_for_address(family.client(family.camille))
    agent, page = agent_client(), f"{QUEUE}{change.public_id}/refus/"

    for typed, words in (
        ({}, "Choisissez une raison"),
        ({"reason": "because"}, "Erreur"),
        ({"reason": "other", "explanation": "  "}, "Écrivez la raison"),
    ):
        assert words in html.unescape(agent.post(page, typed).content.decode())

    assert fresh_change(change).status == "pending"


def test_of_two_agents_the_second_is_told(family):
    change = ask_for_address(family.client(family.camille))
    agent_client("nadia").post(f"{QUEUE}{change.public_id}/refus/", {"reason": "mistake"})

    response = agent_client("olivier").post(f"{QUEUE}{change.public_id}/accord/", follow=True)

    page = html.unescape(response.content.decode())
    assert "Quelqu’un a été plus rapide" in page
    assert "Il y a sans doute une erreur" in page
    assert texts_of(fresh(family.home), "address") == OLD
    assert Message.objects.filter(template__startswith="household/").count() == 1


def test_withdrawn_while_an_agent_reads_it_is_not_done(family):
    client = family.client(family.camille)
    change = ask_for_address(client)
    client.post(f"/mon-compte/changements/{change.public_id}/retrait/")

    response = agent_client().post(f"{QUEUE}{change.public_id}/accord/", follow=True)

    assert "Annulé" in html.unescape(response.content.decode())
    assert texts_of(fresh(family.home), "address") == OLD


def test_what_has_moved_since_is_shown_to_the_agent(family):
    change = ask_for_address(family.client(family.camille))
    family.home.address = "1 place du Bouffay"
    family.home.save()

    page = read(agent_client(), f"{QUEUE}{change.public_id}/")

    assert "L’information a changé depuis la demande" in page
    assert "1 place du Bouffay" in page
    agent_client().post(f"{QUEUE}{change.public_id}/accord/")
    assert fresh_change(change).before["address"] == "1 place du Bouffay"


def test_one_s_own_contact_waits_for_oneself_alone(family):
    allow(phone=Mode.APPROVAL)
    send(family.client(family.camille), "/mon-compte/profil/telephone/", phone="06 39 98 12 40")

    assert "06\u00a039\u00a098\u00a012\u00a040" in read(family.client(family.camille), "/mon-compte/profil/")
    karim = family.client(family.karim)
    for page in ("/mon-compte/", HOME, "/mon-compte/profil/", "/mon-compte/historique/", "/mon-compte/confirmation/"):
        assert "06\u00a039\u00a098\u00a012\u00a040" not in read(karim, page), page


def test_an_adult_s_birth_date_is_in_their_own_history_alone(family):
    allow(birth_date=Mode.APPROVAL)
    send(
        family.client(family.karim),
        "/mon-compte/profil/date-de-naissance/",
        birth_date_day="3",
        birth_date_month="9",
        birth_date_year="1986",
    )
    assert Change.objects.get().field == "birth_date"
    agent_client().post(f"{QUEUE}{Change.objects.get().public_id}/accord/")

    assert "3 septembre 1986" in read(family.client(family.karim), "/mon-compte/historique/")
    assert "3 septembre 1986" not in read(family.client(family.camille), "/mon-compte/historique/")


def test_a_child_of_two_homes_goes_through_an_agent_whatever_the_setting_and_the_other_home_is_told(family):
    allow(child_first_names=Mode.AT_ONCE)
    page = f"/mon-compte/foyer/enfants/{family.tom.public_id}/prenoms/"
    send(family.client(family.camille), page, first_names="Tom, Gaston")
    change = Change.objects.get()
    assert change.status == "pending"
    assert "Gaston" not in read(family.client(family.antoine), f"/mon-compte/foyer/enfants/{family.tom.public_id}/")

    agent_client().post(f"{QUEUE}{change.public_id}/accord/")

    assert fresh(family.tom).first_names == "Tom, Gaston"
    history = read(family.client(family.antoine), "/mon-compte/historique/")
    assert "Demandé depuis son autre foyer." in history
    assert "Camille" not in history


def test_the_oldest_comes_first_and_pages_follow_by_key(family):
    ask_for_address(family.client(family.camille))
    send(family.client(family.karim), "/mon-compte/profil/nom/", last_name="Benali-Martin")
    older = Change.objects.get(field="last_name")
    Change.objects.filter(pk=older.pk).update(asked_at=timezone.now() - timedelta(days=9))
    page = read(agent_client(), QUEUE)
    assert page.index("Karim Benali") < page.index("Foyer Martin")
    assert "depuis 9 jours" in page

    rest, _last = change_queue.page(fresh_change(older))
    assert [row.change.field for row in rest] == ["address"]


def test_the_queue_costs_the_same_queries_whatever_waits(family, django_assert_max_num_queries):
    agent = agent_client()
    ask_for_address(family.client(family.camille))
    with django_assert_max_num_queries(8):
        agent.get(QUEUE)
    send(family.client(family.karim), "/mon-compte/profil/nom/", last_name="Benali-Martin")
    with django_assert_max_num_queries(8):
        agent.get(QUEUE)


def test_the_database_itself_refuses_two_that_wait(family):
    first = ask_for_address(family.client(family.camille))
    twin = Change(household=family.home, field="address", before={}, after={}, status="pending")
    twin.asked_by, twin.asked_at, twin.form_key = family.karim, first.asked_at, "k"

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def fresh_change(change):
    return Change.objects.get(pk=change.pk)


def test_the_file_of_a_family_shows_what_waits_without_its_value(family):
    change = ask_for_address(family.client(family.camille), address="17 rue Secrète")

    page = read(agent_client(), f"/gestion/foyers/{family.home.public_id}/")

    assert "Changements qui attendent une réponse" in page
    assert f'href="/gestion/changements/{change.public_id}/"' in page
    assert "Secrète" not in page
