"""Whoever asks for help is heard, signed in or not, whether or not we know them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import path, received, the_mail
from tests.household.homes import shown
from tests.support.calling import MONDAY, TYPED, agent, call, form_key, key_in, ticket
from tests.vault import samples
from xpassfam.journal.models import Line
from xpassfam.support.actions import sending
from xpassfam.support.models import HeldFile, Message, Ticket

pytestmark = pytest.mark.django_db


def main_of(response):
    """Without the foot, whose buttons lead back to this very address."""
    return shown(response).partition("<footer")[0]


CHROME = (
    "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
)


def test_a_stranger_is_told_a_number_and_an_hour(client):
    with time_machine.travel(MONDAY, tick=False):
        page = shown(call(client, key=form_key(client)) and client.get(_sent_at(client)))

    one = Ticket.objects.get()
    assert one.reference in page
    assert "mercredi 25 novembre à 10 h" in page
    assert "Nous lisons quand même" in page or "nous lisons quand même" in page.lower()
    assert TYPED["message"] not in page  # the address of this page is no right to read
    assert (one.proof, one.account) == ("none", None)


def _sent_at(client):
    answer = call(client, message="Encore une fois, la page revient.")
    Ticket.objects.order_by("pk").last().delete()
    from django.core import signing

    from xpassfam.support.public_views.calling import RECEIPT

    assert answer.status_code == 302
    return f"/assistance/envoyee/{signing.dumps(Ticket.objects.get().public_id, salt=RECEIPT)}/"


def test_the_page_that_follows_is_the_one_of_the_number(client):
    answer = call(client)

    assert answer.headers["Location"].startswith("/assistance/envoyee/")
    assert Ticket.objects.get().reference in shown(client.get(answer.headers["Location"]))


def test_the_acknowledgement_has_a_link_that_opens_the_ticket(client):
    call(client)
    letter = the_mail()

    assert letter.to == ["gerard@example.org"]
    assert Ticket.objects.get().reference in letter.subject
    page = shown(client.get(path(letter, "/assistance/suivi/")))
    assert TYPED["message"] in page


def test_who_has_an_account_and_who_has_none_get_the_same_page(client):
    account(email="gerard@example.org")
    with time_machine.travel(MONDAY, tick=False):  # the page tells the second by which we answer
        answers = [
            main_of(client.get(call(client, username=name).headers["Location"]))
            for name in ("gerard@example.org", "no@example.org")
        ]
    first, second = Ticket.objects.order_by("pk")

    assert answers[0].replace(first.reference, "") == answers[1].replace(second.reference, "")


def test_the_owner_of_an_account_learns_that_a_stranger_named_it(client):
    account(email="gerard@example.org")
    call(client, email="ailleurs@example.com")

    letters = {letter.to[0]: letter for letter in received()}
    assert set(letters) == {"gerard@example.org", "ailleurs@example.com"}
    assert "nomme votre compte" in letters["gerard@example.org"].subject
    assert "/assistance/suivi/" not in letters["gerard@example.org"].body
    assert "Gérard" not in letters["ailleurs@example.com"].body


def test_nobody_s_mailbox_is_filled(client):
    for number in range(6):
        call(client, message=f"Message numéro {number} de la série.")

    assert len(received()) == 3
    assert Ticket.objects.count() == 6


def test_somebody_without_any_mailbox_is_heard(client):
    call(client, username="ESF-2019-004812-K", channel="phone", phone="06 39 98 12 34")

    one = Ticket.objects.get()
    assert (one.channel, one.phone, one.reply_to) == ("phone", "06 39 98 12 34", "")
    assert received() == []
    assert Ticket.objects.ours().get() == one


def test_what_is_missing_is_named_and_nothing_typed_is_lost(client):
    page = shown(call(client, username="", channel="phone", message="La page revient."))

    assert "Écrivez votre adresse e-mail, ou votre numéro d’adhérent." in page
    assert "Écrivez le numéro où vous appeler." in page
    assert "La page revient.</textarea>" in page
    assert not Ticket.objects.exists()


def test_the_device_is_found_and_shown_before_it_is_sent(client):
    page = shown(client.get("/assistance/", headers={"User-Agent": CHROME}))

    assert 'value="Téléphone Android 16"' in page
    assert 'value="Chrome 156"' in page


def test_what_is_not_joined_is_not_kept(client):
    call(client, device="Téléphone Android 16", browser="Chrome 156", page="/connexion/", joined="")

    one = Ticket.objects.get()
    assert (one.device, one.browser, one.page) == ("", "", "")


def test_the_page_before_is_joined_without_its_secret(client):
    came_from = "http://testserver/mot-de-passe/nouveau/Zq3vB8nR5tYw2kLm9pXc4sDf7gHj1aQe6uIo0zTbNvM/"
    page = shown(client.get("/assistance/", headers={"Referer": came_from}))

    assert "/mot-de-passe/nouveau/" in page
    assert "Zq3vB8nR5tY" not in page


def test_an_image_is_received_scanned_and_locked(client):
    file = SimpleUploadedFile("ecran.png", samples.photo("PNG"))
    call(client, files=[file])

    [kept] = Message.objects.get().files.all()
    assert kept.name == "ecran.png"
    assert not HeldFile.objects.exists()


def test_an_image_is_still_there_when_the_form_comes_back(client):
    key = form_key(client)
    page = call(client, key=key, message="", files=[SimpleUploadedFile("ecran.png", samples.photo("PNG"))])
    assert "ecran.png" in shown(page)

    call(client, key=key)
    assert [file.name for file in Message.objects.get().files.all()] == ["ecran.png"]


def test_the_same_image_sent_again_after_a_cut_is_one(client):
    key = form_key(client)
    for _ in range(2):
        call(client, key=key, message="", files=[SimpleUploadedFile("ecran.png", samples.photo("PNG"))])

    assert HeldFile.objects.count() == 1


def test_a_file_that_is_no_image_is_refused_in_plain_words(client):
    page = shown(call(client, files=[SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 100)]))

    assert "« virus.exe » n’a pas été ajouté" in page
    assert not Ticket.objects.exists()


def test_another_s_page_does_not_have_my_image(client):
    call(client, key=form_key(client), message="", files=[SimpleUploadedFile("ecran.png", samples.photo("PNG"))])
    other = Client()
    call(other, files=[])

    assert not Message.objects.get().files.exists()


def test_the_same_form_twice_is_one_ticket(client):
    key = form_key(client)
    first, second = (call(client, key=key).headers["Location"] for _ in range(2))

    assert Ticket.objects.count() == 1
    assert client.get(first).status_code == client.get(second).status_code == 200


def test_a_key_that_is_not_ours_is_replaced_and_the_text_stays(client):
    page = call(client, key="inventee")

    assert "rechargée, avec votre texte" in shown(page)
    assert not Ticket.objects.exists()
    assert key_in(page) != "inventee"


def test_a_key_of_somebody_signed_in_is_no_stranger_s(client):
    someone = account(email="camille@example.org")
    sign_in(client, someone.email)
    key = form_key(client)

    assert "rechargée, avec votre texte" in shown(call(Client(), key=key))


def test_a_form_filled_in_no_time_is_shown_again_and_then_goes(client):
    key = key_in(client.get("/assistance/"))
    assert "C’est allé très vite" in shown(call(client, key=key))
    assert not Ticket.objects.exists()

    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        call(client, key=key)
    assert Ticket.objects.count() == 1


def test_a_program_that_fills_in_every_field_never_passes(client):
    for _ in range(2):
        page = call(client, website="https://spam.example")
        assert "Laissez ce champ vide" in shown(page)

    assert not Ticket.objects.exists()


def test_a_network_that_writes_too_much_waits_and_loses_nothing(client):
    for number in range(10):
        call(client, message=f"Message numéro {number} de la série.")
    page = call(client, message="Le onzième message.")

    assert page.status_code == 429
    assert "Le onzième message.</textarea>" in shown(page)
    assert Ticket.objects.count() == 10


def test_who_is_signed_in_need_not_say_who_they_are(client):
    someone = account(email="camille@example.org")
    sign_in(client, someone.email)
    answer = call(client)
    one = Ticket.objects.get()

    assert answer.headers["Location"] == f"/assistance/{one.public_id}/"
    assert (one.account, one.person, one.proof) == (someone, someone.person, "signed_in")
    [letter] = [letter for letter in received() if one.reference in letter.subject]
    assert f"/assistance/{one.public_id}/" in letter.body
    assert Line.objects.filter(kind="support.sent", account=someone.public_id).count() == 1


def test_the_reference_of_an_error_page_comes_with_it(client):
    assert 'value="XP-7K3Q"' in shown(client.get("/assistance/?incident=XP-7K3Q"))
    call(client, incident="xp-7k3q")

    assert Ticket.objects.get().incident == "XP-7K3Q"


def test_staff_may_ask_for_help_too(client):
    someone = agent()
    sign_in(client, someone.email)

    assert client.get("/assistance/").status_code == 200


def test_a_script_is_told_in_its_own_words(client):
    asked = {"Accept": "application/json"}
    mend = call(client, message="", headers=asked)
    sent = call(client, headers=asked)

    assert (mend.status_code, mend.json()) == (200, {"mend": True})
    assert sent.status_code == 201
    assert client.get(sent.json()["url"]).status_code == 200


def test_a_title_is_the_first_words():
    assert ticket(message="Bonjour,\nL’attestation ne s’ouvre pas sur ma tablette.").title.startswith("L’attestation")
    assert ticket(message="SOS").title == "Autre chose"
    assert len(sending.title_of("mot " * 100, "other")) <= 82
