"""A field that the organisation lets change at once: written, told, kept from doubles and from another tab."""

import html

import pytest

from tests.household.families import allow, fresh, hidden, read, send
from xpassfam.household.models import Change
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence, values_of
from xpassfam.outbox.models import Message
from xpassfam.people.models import Correction
from xpassfam.rules.field_policy import Mode, Rule

pytestmark = pytest.mark.django_db
PHONE = "/mon-compte/profil/telephone/"


def test_a_phone_as_people_write_it_is_kept_and_shown_back_readable(family):
    client = family.client(family.camille)

    assert send(client, PHONE, phone="06.39.98.12.40").headers["Location"] == "/mon-compte/profil/"

    assert fresh(family.camille).phone == "+33639981240"
    page = read(client, "/mon-compte/profil/")
    assert "C’est enregistré. Téléphone\u00a0: 06\u00a039\u00a098\u00a012\u00a040" in page
    assert page.count("06\u00a039\u00a098\u00a012\u00a040") == 2


def test_what_is_known_is_filled_in(family):
    assert 'value="06 39 98 00 13"' in read(family.client(family.camille), PHONE)


def test_the_history_tells_before_and_after_to_the_person_alone(family):
    send(family.client(family.camille), PHONE, phone="06 39 98 12 40")

    line = Line.objects.get(kind="household.changed_own")
    assert sentence(line) == "Changement\u00a0: Camille Martin, téléphone."
    assert values_of(line) == ("06\u00a039\u00a098\u00a000\u00a013", "06\u00a039\u00a098\u00a012\u00a040")
    assert line in Line.objects.visible_to(family.access(family.camille))
    assert line not in Line.objects.visible_to(family.access(family.karim))


def test_it_stands_against_the_register(family):
    send(family.client(family.camille), PHONE, phone="06 39 98 12 40")

    correction = Correction.objects.get()
    assert (correction.person, correction.field, correction.by) == (family.camille, "phone", "Camille Martin")


def test_a_form_sent_twice_makes_one_change(family):
    client = family.client(family.camille)
    typed = hidden(client, PHONE) | {"phone": "06 39 98 12 40"}

    answers = [client.post(PHONE, typed).status_code for _ in range(3)]

    assert answers == [302, 302, 302]
    assert Change.objects.count() == Line.objects.filter(kind="household.changed_own").count() == 1


def test_a_key_of_somebody_else_gives_nothing_of_theirs(family):
    camilles = hidden(family.client(family.camille), PHONE)
    send(family.client(family.camille), PHONE, phone="06 39 98 12 40", key=camilles["key"])
    karim = family.client(family.karim)

    send(karim, PHONE, phone="06 39 98 77 77", key=camilles["key"])

    assert fresh(family.karim).phone == "+33639987777"
    assert fresh(family.camille).phone == "+33639981240"


def test_an_older_tab_does_not_overwrite_in_silence_and_shows_both(family):
    client = family.client(family.camille)
    older, newer = hidden(client, PHONE), hidden(client, PHONE)
    client.post(PHONE, newer | {"phone": "06 39 98 12 40"})

    response = client.post(PHONE, older | {"phone": "06 39 98 55 55"})

    page = html.unescape(response.content.decode())
    assert "Cette information a changé entre-temps" in page
    assert "06\u00a039\u00a098\u00a012\u00a040" in page
    assert 'value="06 39 98 55 55"' in page
    assert fresh(family.camille).phone == "+33639981240"
    again = {"key": response.context["key"], "version": response.context["version"], "phone": "06 39 98 55 55"}
    assert client.post(PHONE, again).status_code == 302
    assert fresh(family.camille).phone == "+33639985555"


def test_going_back_to_change_it_again_is_a_new_change(family):
    client = family.client(family.camille)
    typed = hidden(client, PHONE)
    client.post(PHONE, typed | {"phone": "06 39 98 12 40"})

    response = client.post(PHONE, typed | {"phone": "06 39 98 55 55"})

    assert response.context["is_overtaken"]
    assert fresh(family.camille).phone == "+33639981240"


def test_an_old_form_sent_again_after_another_change_is_not_told_that_all_is_well(family):
    client = family.client(family.camille)
    first = hidden(client, PHONE) | {"phone": "06 39 98 12 40"}
    client.post(PHONE, first)
    send(client, PHONE, phone="06 39 98 55 55")

    response = client.post(PHONE, first)

    assert response.context["is_overtaken"]
    assert fresh(family.camille).phone == "+33639985555"


def test_the_same_value_changes_nothing_and_says_so(family):
    client = family.client(family.camille)

    send(client, PHONE, phone="0639980013")

    assert "Rien n’a changé" in read(client, "/mon-compte/profil/")
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("telephone", {"phone": "12"}, "Ce numéro n’est pas complet."),
        ("e-mail", {"email": "camille"}, "Cette adresse n’est pas complète."),
        ("nom", {"last_name": ""}, "Il manque une réponse\u00a0: Nom"),
        ("nom", {"last_name": "<b>Martin</b>"}, "Écrivez-le avec des lettres."),
        ("prenoms", {"first_names": ", ,"}, "Écrivez-le avec des lettres."),
        (
            "date-de-naissance",
            {"birth_date_day": "31", "birth_date_month": "2", "birth_date_year": "1990"},
            "Ce jour n’est pas dans le calendrier.",
        ),
        (
            "date-de-naissance",
            {"birth_date_day": "1", "birth_date_month": "1", "birth_date_year": "2999"},
            "Cette date n’est pas encore arrivée.",
        ),
        (
            "date-de-naissance",
            {"birth_date_day": "1", "birth_date_month": "1", "birth_date_year": "1850"},
            "Cette date est très ancienne.",
        ),
    ],
)
def test_a_wrong_answer_is_told_in_plain_words_and_comes_back(family, field, typed, words):
    response = send(family.client(family.camille), f"/mon-compte/profil/{field}/", **typed)

    page = html.unescape(response.content.decode())
    assert words in page
    assert "Erreur" in page
    for answer in filter(str.strip, typed.values()):
        assert f'value="{answer}"' in page or "<b>" in answer
    assert not Change.objects.exists()


@pytest.mark.parametrize("name", ["Nguyễn", "O’Brien", "Le Goff-d'Artois", "Ó", "Мария", "ابن رشد", "M. Saint Jean"])
def test_names_are_those_people_have(family, name):
    allow(last_name=Mode.AT_ONCE)

    send(family.client(family.camille), "/mon-compte/profil/nom/", last_name=f"  {name} ")

    assert fresh(family.camille).last_name == name


def test_an_optional_contact_may_be_emptied_and_a_required_one_not(family):
    client = family.client(family.camille)
    send(client, PHONE, phone="")
    assert fresh(family.camille).phone == ""

    allow(email=Rule(Mode.AT_ONCE, is_required=True))
    response = send(client, "/mon-compte/profil/e-mail/", email="")
    assert "Écrivez votre adresse e-mail." in html.unescape(response.content.decode())
    assert fresh(family.camille).email == "camille@example.org"


def test_the_address_one_signs_in_with_is_apart_and_the_page_says_so(family):
    client = family.client(family.camille)
    signs_in_with = family.account(family.camille).email

    send(client, "/mon-compte/profil/e-mail/", email="nouvelle@example.org")

    assert family.account(family.camille).email == signs_in_with
    assert "L’adresse de connexion ne change pas avec l’e-mail de contact." in read(client, "/mon-compte/profil/")
    assert "Votre adresse de connexion ne change pas" in read(client, "/mon-compte/profil/e-mail/")


def test_a_form_that_stayed_open_too_long_comes_back_with_what_was_typed(family):
    client = family.client(family.camille)
    client.handler.enforce_csrf_checks = True

    response = client.post(PHONE, {"phone": "06 39 98 12 40", "csrfmiddlewaretoken": "x" * 64})

    assert 'value="06 39 98 12 40"' in html.unescape(response.content.decode())
    assert fresh(family.camille).phone == "+33639980013"


def test_a_new_contact_is_told_to_the_address_one_signs_in_with(family):
    send(family.client(family.camille), "/mon-compte/profil/e-mail/", email="autre@example.org")

    mail = Message.objects.get(template="household/mail/contact_changed")
    assert mail.to == family.account(family.camille).email
    assert "autre@example.org" not in str(mail.context)


def test_who_is_called_otherwise_is_greeted_so(family):
    allow(first_names=Mode.AT_ONCE)
    client = family.client(family.camille)

    send(client, "/mon-compte/profil/prenoms/", first_names="Camille-Rose, Anne")

    assert "Bonjour Camille-Rose" in read(client, "/mon-compte/")
