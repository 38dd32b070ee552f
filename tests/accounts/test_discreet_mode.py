"""For who lives with whoever watches them: nothing to what another reads, and no message that says so."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import html, received
from tests.people.factories import household, living, person
from xpassfam.accounts import history as said
from xpassfam.accounts import telling
from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models import ContactChoices, EmailChange, PasswordReset
from xpassfam.accounts.models.channels import Subject
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/securite/discret/"
NUMBER = "+33639980012"


@pytest.fixture
def someone(client):
    someone = account(phone=NUMBER, phone_verified_at=timezone.now())
    sign_in(client, someone.email)
    received()
    Message.objects.all().delete()
    return someone


def warned(someone) -> set[str]:
    """Where an alert goes."""
    at = timezone.now()
    telling.alert(someone, "password_changed", about=said.PASSWORD_CHANGED, at=at, changed_at=at.isoformat())
    return set(Message.objects.filter(template__endswith="password_changed").values_list("to", flat=True))


def test_turning_it_on_sends_nothing_and_only_their_own_history_knows(client, someone):
    page = client.post(PAGE, {"email_is_shared": "on"}, follow=True).content.decode()
    assert "Aucun message n’est parti" in page
    assert not Message.objects.exists()
    line = Line.objects.get(kind="accounts.discreet_on")
    assert line.audience == "self"


def test_with_nothing_ticked_it_says_that_messages_still_leave(client, someone):
    still = "Nos messages partent encore"
    assert still in client.post(PAGE, {}, follow=True).content.decode()
    assert still not in client.post(PAGE, {"phone_is_shared": "on"}, follow=True).content.decode()


def test_the_page_warns_and_says_whom_to_call(client, someone):
    page = client.get(PAGE).content.decode()
    assert "Changer le mot de passe peut alerter votre entourage" in page
    assert 'href="tel:3919"' in page
    assert 'href="tel:17"' in page


@pytest.mark.parametrize(
    ("shared", "reached"),
    [
        ({}, {"mail", "phone"}),
        ({"email_is_shared": "on"}, {"phone"}),
        ({"phone_is_shared": "on"}, {"mail"}),
        ({"email_is_shared": "on", "phone_is_shared": "on"}, set()),
    ],
)
def test_what_another_reads_gets_no_alert(client, someone, shared, reached):
    client.post(PAGE, shared)
    someone.refresh_from_db()
    names = {"mail": someone.email, "phone": NUMBER}
    assert warned(someone) == {names[one] for one in reached}


def test_a_shared_mailbox_gets_no_link_to_a_new_password(client, someone):
    client.post(PAGE, {"email_is_shared": "on"})
    page = client.post("/mot-de-passe/oublie/", {"username": someone.email})
    assert page.status_code == 200
    assert received() == []
    assert PasswordReset.objects.filter(account=someone).exists()


def test_a_shared_mailbox_gets_no_decision_either(client, someone):
    client.post(PAGE, {"email_is_shared": "on"})
    tell(someone.person, "accounts/mail/welcome", at=timezone.now(), context={}, subject=Subject.REQUESTS)
    assert received() == []


def test_the_other_channels_get_a_subject_that_says_nothing(client, someone):
    client.post(PAGE, {})
    someone.refresh_from_db()
    warned(someone)
    [letter] = received()
    assert letter.subject == "Un message vous attend"
    assert "<title>Un message vous attend</title>" in html(letter)
    assert "Vos autres appareils sont déconnectés.</div>" not in html(letter)
    [text] = Message.objects.filter(channel="sms")
    assert text.text.startswith("Votre compte a changé. Pas vous ?")


def test_what_another_adult_of_the_home_uses_is_found(client, someone):
    home = someone.person.residences.get().household
    living(person("Alex Martin", email=someone.email.upper(), phone=NUMBER), home)
    client.post(PAGE, {})
    assert "aussi celle d’un autre adulte" in client.get(PAGE).content.decode()
    assert warned(someone) == set()


def test_what_somebody_elsewhere_or_a_child_has_is_not_taken_for_shared(client, someone):
    home = someone.person.residences.get().household
    living(person("Alex Martin", email=someone.email), household())
    child = person(
        "Noé Martin", phone=NUMBER, birth_date=timezone.localdate().replace(year=timezone.localdate().year - 9)
    )
    living(child, home, role="dependent_child")
    client.post(PAGE, {})
    assert warned(someone) == {someone.email, NUMBER}


@pytest.mark.parametrize(("method", "field"), [("email", "email_is_shared"), ("sms", "phone_is_shared")])
def test_codes_of_sign_in_do_not_stay_where_another_reads_them(client, someone, method, field):
    setattr(someone, f"second_step_{method}", True)
    someone.save()
    page = client.post(PAGE, {field: "on"}).content.decode()
    assert "Ayez d’abord une application ou une clé" in page
    assert not ContactChoices.objects.filter(is_discreet=True).exists()


def test_it_is_stopped_and_everything_leaves_again(client, someone):
    client.post(PAGE, {"email_is_shared": "on"})
    client.post(PAGE, {"stop": "1"})
    someone.refresh_from_db()
    assert warned(someone) == {someone.email, NUMBER}
    assert Line.objects.filter(kind="accounts.discreet_off").count() == 1


def test_a_link_that_disowns_sends_no_way_back_to_a_shared_mailbox_and_keeps_the_password(client, someone):
    client.post(PAGE, {"email_is_shared": "on"})
    someone.refresh_from_db()
    warned(someone)
    message = Message.objects.get(channel="sms")
    page = client.post(message.context["path"], follow=True).content.decode()
    assert "appelez-nous" in page
    assert not [letter for letter in received() if "mot-de-passe" in letter.body]
    someone.refresh_from_db()
    assert someone.has_usable_password()


def test_an_intruder_who_silences_the_owner_waits_three_days_for_what_is_grave(client, someone, time_machine):
    """With the password alone: first « shared » everywhere, then the address, the keys, the account number."""
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, someone.email)
    client.post(PAGE, {"email_is_shared": "on", "phone_is_shared": "on"})
    for grave in ("adresse/", "telephone/", "cle/", "application/", "codes-de-secours/"):
        assert client.get(f"/mon-compte/securite/{grave}").status_code == 403, grave
    assert "nouveaux choix pour les messages" in client.get("/mon-compte/securite/adresse/").content.decode()
    time_machine.shift(timedelta(hours=72))
    sign_in(client, someone.email)
    assert client.get("/mon-compte/securite/adresse/").status_code == 200


def test_where_nothing_falls_silent_nothing_waits(client, someone):
    client.post(PAGE, {})
    assert client.get("/mon-compte/securite/adresse/").status_code == 200


def test_saying_the_same_again_waits_no_longer(client, someone):
    for _ in range(2):
        client.post(PAGE, {"email_is_shared": "on"})
    client.post(PAGE, {"stop": "1"})
    assert someone.freezes.count() == 1


OVER_A_SHOULDER = [
    "/mon-compte/",
    "/mon-compte/historique/",
    "/mon-compte/historique.csv",
    "/mon-compte/securite/messages/",
    "/mon-compte/securite/",
    "/mon-compte/securite/telephone/",
    "/mon-compte/securite/adresse/ancienne/",
    "/mon-compte/mes-donnees/",
]


def read(client, page: str) -> str:
    answer = client.get(page)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.sub(r"<(?:script|input)[^>]*>", "", body.decode())


def said_of_it(client, page: str) -> list[str]:
    """Every sentence that names the mode, however it is spelt."""
    return re.findall(r"[^.<>]*discr[eè]t[^.<>]*", read(client, page).lower())


def change_the_address(someone) -> None:
    """So that there is one to put back."""
    EmailChange.objects.create(
        account=someone, old_email="avant@example.org", new_email=someone.email, asked_at=timezone.now(),
        sent_at=timezone.now(), confirmed_at=timezone.now(), digest="d", code_digest="c",
    )  # fmt: skip


@pytest.mark.parametrize("page", OVER_A_SHOULDER)
def test_no_page_that_is_open_without_proving_who_one_is_tells_it(client, someone, page):
    change_the_address(someone)
    without = said_of_it(client, page)
    client.post(PAGE, {"email_is_shared": "on"})
    client.get(PAGE)
    assert said_of_it(client, page) == without
    assert "une autre personne peut lire ne reçoit rien" not in read(client, page).lower()


def test_the_history_tells_it_as_any_choice_of_messages(client, someone):
    client.post(PAGE, {"email_is_shared": "on"})
    client.post(PAGE, {"stop": "1"})
    said_of = {line.kind: sentence(line) for line in Line.objects.filter(account=someone.public_id)}
    assert said_of["accounts.discreet_on"] == said_of["accounts.discreet_off"] == str(said.CHANNELS_CHOSEN.sentence)
    assert "nouveaux choix" in said_of["accounts.frozen_discreet"].lower()
    assert said.FROZEN_DISCREET.sentence == said.FROZEN.sentence


def test_the_page_of_the_mode_itself_tells_it_to_who_proves_who_they_are(client, someone, time_machine):
    client.post(PAGE, {"email_is_shared": "on"})
    assert "Activé" in client.get(PAGE).content.decode()
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert client.get(PAGE).headers["Location"].startswith("/connexion/confirmer/")
