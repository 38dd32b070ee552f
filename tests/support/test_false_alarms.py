"""What was hidden and is no secret: its writer says so, and it leaves as it was written. Nothing is kept before."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.accounts.mailbox import path, the_mail
from tests.household.homes import couple, entered, shown
from tests.support.calling import call, form_key, ticket
from tests.vault import samples
from xpassfam.rules.secrets_in_text import MASK
from xpassfam.support import hiding
from xpassfam.support.forms.calling import LONGEST_MESSAGE
from xpassfam.support.models import Message, Ticket

pytestmark = pytest.mark.django_db
FEELING = "Mon mot de passe est Gribouille, rien ne marche."  # so the cat is called, and so a password might be
BOX = "Ce n’est ni un mot de passe ni un code"
OURS = "https://moncompte.example.org/activation/kJ8sD2fG5hJ9lQ3wE6rT1yU4iO7pA0zX8cV2bN5mQ1w/"


def typed_again(response) -> dict[str, str]:
    """What the page that came back sends, its text untouched and its box not ticked."""
    page = response.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1]
    fields = {"device": "", "browser": "", "page": ""} | {
        name: value
        for name in ("incident", "phone", "device", "browser", "page")
        for value in re.findall(rf'<input type="\w+" name="{name}" value="([^"]*)"', page)
    }
    return {name: html.unescape(value) for name, value in (hidden | fields | {"message": text}).items()}


def kept_anywhere(text: str) -> bool:
    return any(text in str(row) for model in apps.get_models() for row in model._default_manager.values())


def test_a_box_gives_back_what_was_hidden_and_nothing_was_kept_before(client):
    page = call(client, message=FEELING)
    assert BOX in shown(page)
    assert "Gribouille" not in page.content.decode()
    assert not kept_anywhere("Gribouille")

    call(client, **typed_again(page), as_written="1")
    kept = Message.objects.get()
    assert (kept.text, kept.is_masked) == (FEELING, False)


def test_without_the_box_it_stays_hidden(client):
    call(client, **typed_again(call(client, message=FEELING)))

    kept = Message.objects.get()
    assert (kept.text, kept.is_masked) == (f"Mon mot de passe est {MASK}, rien ne marche.", True)


def test_what_was_corrected_around_it_is_kept_as_corrected(client):
    again = typed_again(call(client, message=FEELING))
    again["message"] = again["message"].replace("rien ne marche", "le chat l’a tapé")
    call(client, **again, as_written="1")

    assert Message.objects.get().text == "Mon mot de passe est Gribouille, le chat l’a tapé."


def test_what_was_typed_anew_in_place_of_the_dots_leaves_too(client):
    again = typed_again(call(client, message=FEELING)) | {"message": FEELING}
    call(client, **again, as_written="1")

    assert Message.objects.get().text == FEELING


@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_form_that_was_open_too_long_comes_back_with_what_it_hid(client, is_ticked):
    again = typed_again(call(client, message=FEELING))
    ticked = {"as_written": "1"} if is_ticked else {}
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        page = call(client, **again, **ticked)
    assert "rechargée, avec votre texte" in shown(page)
    assert ('name="as_written" value="1" checked' in page.content.decode()) == is_ticked
    assert "Gribouille" not in page.content.decode()

    with time_machine.travel(timezone.now() + timedelta(days=8, minutes=1)):
        call(client, **typed_again(page), as_written="1")
    assert Message.objects.get().text == FEELING


def test_a_word_more_that_nobody_has_read_hidden_is_hidden(client):
    again = typed_again(call(client, message=FEELING))
    again["message"] += " Le nouveau mdp : Pivoine-31."
    call(client, **again, as_written="1")

    assert Message.objects.get().text == f"{FEELING} Le nouveau mdp : {MASK}."


def test_one_of_two_taken_out_leaves_the_other_hidden_rather_than_another_s_word(client):
    again = typed_again(call(client, message=f"{FEELING}\nLe code reçu : 123456."))
    again["message"] = again["message"].splitlines()[1]
    call(client, **again, as_written="1")

    assert Message.objects.get().text == f"Le code reçu : {MASK}."


def test_the_secret_part_of_our_own_link_is_never_a_false_alarm(client):
    page = call(client, message=f"Le lien {OURS} ne marche pas.")
    assert BOX not in shown(page)
    call(client, **typed_again(page), as_written="1")

    assert Message.objects.get().text == f"Le lien https://moncompte.example.org/activation/{MASK}/ ne marche pas."


def test_the_box_stays_ticked_where_something_else_is_to_be_mended(client):
    again = typed_again(call(client, message=FEELING))
    page = call(client, **again | {"channel": "phone"}, as_written="1")
    assert 'name="as_written" value="1" checked' in page.content.decode()
    assert "Gribouille" not in page.content.decode()

    call(client, **typed_again(page) | {"channel": "email"}, as_written="1")
    assert Message.objects.get().text == FEELING


@pytest.mark.parametrize("choice", ["1", FEELING, "x" * 300])
def test_a_page_that_never_hid_it_lets_nothing_through(client, choice):
    call(client, message=FEELING, reviewed="1", as_written="1", hidden_words=choice)

    assert MASK in Message.objects.get().text


def test_what_one_form_hid_opens_in_no_other(client):
    again = typed_again(call(client, message=FEELING))
    other = Client()
    call(other, key=form_key(other), message=again["message"], hidden_words=again["hidden_words"], as_written="1")

    assert Message.objects.get().text == f"Mon mot de passe est {MASK}, rien ne marche."


def test_copied_into_another_browser_the_form_gives_nothing_back(client):
    copied = typed_again(call(client, message=FEELING))
    call(Client(), **copied | {"username": "somebody@example.net"}, as_written="1")

    assert Message.objects.get().text == f"Mon mot de passe est {MASK}, rien ne marche."


@pytest.mark.parametrize("name", hiding.FIELDS)
def test_what_is_too_long_is_not_looked_at_and_comes_back_as_typed(client, monkeypatch, name):
    looked = []
    monkeypatch.setattr(hiding, "find", lambda text: looked.append(text) or [])
    page = call(client, **{name: "mdp=Abcd1234 " * 5000})

    assert max(map(len, looked)) <= LONGEST_MESSAGE
    assert "mdp=Abcd1234 mdp=Abcd1234" in page.content.decode()
    assert not Ticket.objects.exists()


def test_what_was_hidden_is_still_there_once_a_text_too_long_is_cut(client):
    again = typed_again(call(client, message=FEELING))
    longer = typed_again(call(client, **again | {"message": again["message"] + "." * LONGEST_MESSAGE}, as_written="1"))
    call(client, **longer | {"message": longer["message"].rstrip(".") + "."}, as_written="1")

    assert Message.objects.get().text == FEELING


def test_a_reply_has_the_box_too(client):
    ticket()
    here = path(the_mail(), "/assistance/suivi/")
    page = call(client, to=here, key=form_key(client, here), message=FEELING)
    assert BOX in shown(page)
    again = typed_again(page)
    call(
        client,
        to=here,
        **{name: again[name] for name in ("key", "message", "hidden_words", "reviewed")},
        as_written="1",
    )

    assert Message.objects.order_by("pk").last().text == FEELING


def test_a_reply_that_was_open_too_long_comes_back_with_what_it_hid(client):
    one = ticket()
    here = path(the_mail(), "/assistance/suivi/")
    parts = ("key", "message", "hidden_words", "reviewed")
    again = typed_again(call(client, to=here, key=form_key(client, here), message=FEELING))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        page = call(client, to=here, **{name: again[name] for name in parts}, as_written="1")
        assert "rechargée, avec votre texte" in shown(page)
        again = typed_again(page)
        call(client, to=here, **{name: again[name] for name in parts}, as_written="1")

    assert one.messages.order_by("pk").last().text == FEELING


def test_signed_in_it_is_the_same(client):
    inside = entered(couple().holder)
    call(inside, **typed_again(call(inside, message=FEELING)), as_written="1")

    assert Message.objects.get().text == FEELING


def test_the_other_fields_are_read_hidden_too_and_may_be_given_back(client):
    secret = {"phone": "0639981234 mdp Pivoine-31", "incident": "mdp Abcd1234", "device": "mdp Gribouille44"}
    page = call(client, **secret)
    assert not any(word in page.content.decode() for word in ("Pivoine-31", "Abcd1234", "Gribouille44"))
    assert not Ticket.objects.exists()

    call(client, **typed_again(page))
    kept = Ticket.objects.get()
    assert (kept.phone, kept.device) == (f"0639981234 mdp {MASK}", f"mdp {MASK}")
    assert kept.incident == f"MDP {MASK}"
    call(Client(), **typed_again(call(client, **secret, message="Une autre fois.")) | {"key": ""})
    call(client, **typed_again(call(client, **secret, message="Une autre fois encore.")), as_written="1")
    assert Ticket.objects.latest("pk").device == "mdp Gribouille44"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("mdp_Pivoine31.png", f"mdp {MASK}.png"),
        ("Mon mot de passe est Pivoine-31.png", f"Mon mot de passe est {MASK}.png"),
        ("code 123456.png", f"code {MASK}.png"),
        ("Screenshot_20261123-101522_Chrome.png", "Screenshot_20261123-101522_Chrome.png"),
        ("Capture d’écran 2026-11-23 101522.png", "Capture d’écran 2026-11-23 101522.png"),
    ],
)
def test_a_password_in_the_name_of_a_file_is_hidden(client, name, kept):
    call(client, files=SimpleUploadedFile(name, samples.photo("PNG"), content_type="image/png"))

    assert [file.name for file in Message.objects.get().files.all()] == [kept]
