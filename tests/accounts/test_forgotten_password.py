"""A forgotten password: the link goes to the mailbox, once, and ends what was open."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from tests.accounts.mailbox import html, path, received, the_mail
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.models import Account, PasswordReset, Session
from xpassfam.jobs.worker import drain
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
NEW = "canot-brume-tuile-41"
PRIVATE = "/mon-compte/securite/mot-de-passe/"


@pytest.fixture(autouse=True)
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")


@pytest.fixture
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    return time_machine


def forget(client, identifier="camille@example.org"):
    return client.post("/mot-de-passe/oublie/", {"username": identifier})


def link(client, identifier="camille@example.org"):
    forget(client, identifier)
    return path(the_mail(), "/mot-de-passe/nouveau/")


def choose(client, address, password=NEW, **more):
    return client.post(address, {"new_password": password}, **more)


def words(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    "typed", ["camille@example.org", " Camille@EXAMPLE.org", "ESF-2019-004812-K", "esf 2019 4812 k"]
)
def test_the_link_goes_to_the_account_s_address_however_it_is_asked_for(client, typed):
    page = words(forget(client, typed))
    letter = the_mail()
    assert letter.to == ["camille@example.org"]
    assert letter.subject == "Choisir un nouveau mot de passe"
    assert f"http://localhost:8000{path(letter, '/mot-de-passe/nouveau/')}" in letter.body
    assert path(letter, "/mot-de-passe/nouveau/") in html(letter)
    assert ("camille@example.org" in page) == ("@" in typed)
    assert "Rien après 10 minutes" in page


def test_the_link_is_built_on_the_configured_address_not_on_the_request_s(client):
    client.post("/mot-de-passe/oublie/", {"username": "camille@example.org"}, headers={"host": "127.0.0.1"})
    letter = the_mail()
    assert "127.0.0.1" not in letter.body + html(letter)


def test_the_new_password_opens_the_old_one_does_not(client):
    address = link(client)
    for look in (client.get, client.get, client.head):
        assert look(address).status_code == 200
    assert sign_in(Client(), "camille@example.org").status_code == 302
    assert choose(client, address).headers["Location"] == "/connexion/"
    assert "session" not in client.cookies
    assert sign_in(client, "camille@example.org", PASSWORD).status_code == 200
    assert sign_in(client, "camille@example.org", NEW).status_code == 302


def test_nobody_at_this_address_is_told_so_by_mail(client):
    forget(client, "Nobody@example.org")
    letter = the_mail()
    assert letter.to == ["nobody@example.org"]
    assert letter.subject == "Aucun compte à cette adresse"
    assert "http://localhost:8000/inscription/" in letter.body
    assert "/mot-de-passe/nouveau/" not in letter.body + html(letter)


def test_a_number_of_nobody_sends_nothing(client):
    assert forget(client, "ESF-2019-000001-A").status_code == 200
    assert forget(client, "camille").status_code == 200
    assert received() == []


def test_a_closed_account_is_no_account_and_its_link_dies(client, camille):
    address = link(client)
    Account.objects.update(closed_at=timezone.now())
    assert choose(client, address).status_code == 410
    PasswordReset.objects.all().delete()
    forget(client)
    assert the_mail().subject == "Aucun compte à cette adresse"


@pytest.mark.parametrize(
    "typed", ["@", "nobody@", "a b@c", "x@y", f"{'a' * 290}@example.org", "a@b@example.org", "é@é.fr"]
)
def test_what_is_no_address_gets_no_mail_and_breaks_no_job(client, caplog, typed):
    assert forget(client, typed).status_code == 200
    drain()
    assert not Message.objects.exists()
    assert "failed" not in caplog.text


def test_repeats_within_two_minutes_send_one_mail(client, noon):
    forget(client)
    noon.shift(timedelta(seconds=119))
    page = words(forget(client))
    assert "Envoyé à 15 h. Possible à nouveau à 15 h 02." in page
    assert len(received()) == 1
    noon.shift(timedelta(seconds=1))
    assert "Envoyé à 15 h 02." in words(forget(client))
    assert len(received()) == 1


@pytest.mark.parametrize("identifier", ["camille@example.org", "nobody@example.org"])
def test_three_mails_an_hour_are_enough(client, noon, identifier):
    for _ in range(5):
        assert forget(client, identifier).status_code == 200
        noon.shift(timedelta(minutes=5))
    assert len(received()) == 3


def test_a_newer_link_ends_the_older_whichever_way_it_was_asked_for(client):
    older = link(client)
    newer = link(client, "ESF-2019-004812-K")
    for response in (client.get(older), choose(client, older)):
        assert response.status_code == 410
        assert "Un lien plus récent est parti" in words(response)
    assert choose(client, newer).status_code == 302


def test_jobs_that_pass_each_other_leave_the_newer_link_alive(client):
    forget(client)
    forget(client, "ESF-2019-004812-K")
    first, second = PasswordReset.objects.order_by("pk")
    passwords.deliver.call(second.pk, "")
    passwords.deliver.call(first.pk, "camille@example.org")
    letter = received()[-1]
    assert client.get(path(letter, "/mot-de-passe/nouveau/")).status_code == 200


def test_a_link_serves_once(client):
    address = link(client)
    choose(client, address)
    response = choose(client, address, "autre-phrase-de-passe")
    assert response.status_code == 410
    assert "Ce lien a déjà servi" in words(response)
    assert sign_in(client, "camille@example.org", NEW).status_code == 302


@pytest.mark.parametrize(
    ("minutes", "said"), [(30, "30 minutes"), (120, "2 heures"), (1440, "24 heures"), (90, "90 minutes")]
)
def test_a_link_lives_as_long_as_the_organisation_says(client, noon, minutes, said):
    Organisation(name="Solidarité Familles", reset_link_minutes=minutes).save()
    assert f"valable {said}" in words(forget(client))
    address = path(the_mail(), "/mot-de-passe/nouveau/")
    noon.shift(timedelta(minutes=minutes, seconds=-1))
    assert client.get(address).status_code == 200
    noon.shift(timedelta(seconds=1))
    for response in (client.get(address), choose(client, address)):
        assert response.status_code == 410
        assert "Ce lien a expiré" in words(response)
    assert sign_in(Client(), "camille@example.org").status_code == 302


@pytest.mark.parametrize("token", ["x", "%FF%FE", "%00", "%ED%A0%80", "a" * 5000])
def test_a_broken_link_says_what_to_do(client, token):
    for response in (client.get(f"/mot-de-passe/nouveau/{token}/"), choose(client, f"/mot-de-passe/nouveau/{token}/")):
        assert response.status_code == 410
        assert "/mot-de-passe/oublie/" in words(response)


def test_a_weak_new_password_is_refused_and_the_link_stays_good(client):
    address = link(client)
    for weak in ("", "court", "camille-martin-lavande", "x" * 5000, "motdepasse123", "a\x00" * 9):
        response = choose(client, address, weak)
        assert response.status_code == 200
        assert len(weak) < 6 or weak not in words(response)
    assert choose(client, address).status_code == 302


def test_every_session_ends_and_an_e_mail_tells(client):
    elsewhere = Client()
    sign_in(elsewhere, "camille@example.org")
    assert elsewhere.get(PRIVATE).status_code == 200
    address = link(client)
    choose(client, address)
    assert not Session.objects.exists()
    assert elsewhere.get(PRIVATE).headers["Location"].startswith("/connexion/")
    letter = the_mail()
    assert letter.subject == "Votre mot de passe est changé"
    assert NEW not in letter.body + html(letter)
    assert "http://localhost:8000/ce-n-etait-pas-moi/" in letter.body


def test_the_browser_that_reset_is_not_held_by_a_pause(client):
    attacker = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(6):
        sign_in(attacker, "camille@example.org", "wrong")
    assert sign_in(Client(), "camille@example.org").status_code == 429
    choose(client, link(client))
    assert sign_in(Client(), "camille@example.org", NEW).status_code == 429
    assert sign_in(client, "camille@example.org", NEW).headers["Location"] == "/mon-compte/"


def test_even_where_its_device_cookie_is_not_one_of_ours(client):
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR="203.0.113.7"), "camille@example.org", "wrong")
    client.cookies["device"] = "odd"
    choose(client, link(client))
    assert sign_in(client, "camille@example.org", NEW).headers["Location"] == "/mon-compte/"


def test_staff_reset_theirs_the_same_way(client):
    account(email="nadia@example.org", role=Account.Role.AGENT)
    choose(client, link(client, "nadia@example.org"))
    assert sign_in(client, "nadia@example.org", NEW).headers["Location"] == "/gestion/"


def test_no_link_can_be_read_in_the_table_nor_in_what_is_kept_of_the_mail(client, settings):
    settings.IS_DEMO = False
    token = link(client).split("/")[-2]
    assert token not in str(list(PasswordReset.objects.values())) + str(list(Message.objects.values()))


def test_past_twenty_an_hour_from_one_network_nobody_is_written_to_and_the_page_is_the_same(client, noon):
    pages = [words(forget(client, f"stranger{n}@example.org")) for n in range(22)]
    assert len(received()) == 20
    assert all("Un e-mail part à" in page for page in (pages[0], pages[21]))
    client.post("/connexion/deblocage/", {"username": "camille@example.org"})
    assert received() == []
    assert link(Client(REMOTE_ADDR="203.0.113.9"))


def test_repeats_within_two_minutes_use_up_nothing(client, noon):
    for _ in range(30):
        forget(client)
    assert len(received()) == 1
    forget(client, "karim@example.org")
    assert len(received()) == 1


def test_a_new_password_by_mail_forgets_every_device_but_this_one(client):
    thief = Client()
    for browser in (client, thief):
        sign_in(browser, "camille@example.org")
    received()
    choose(client, link(client))
    received()
    sign_in(client, "camille@example.org", NEW)
    assert received() == []
    sign_in(thief, "camille@example.org", NEW)
    assert [letter.to for letter in received()] == [["camille@example.org"]]


@pytest.mark.parametrize("typed", ["sophie.petit@", "sophie petit", "@example.org", "ESF-2019"])
def test_what_is_neither_an_address_nor_a_number_is_told_with_an_example(client, typed):
    page = words(forget(client, typed))
    assert "Par exemple : camille.martin@example.org" in page
    assert f'value="{typed}"' in page
    assert not PasswordReset.objects.exists()


def test_correcting_the_address_keeps_it_in_the_field_and_sends_nothing(client):
    page = words(client.post("/mot-de-passe/oublie/", {"username": "camile@example.org", "correct": "1"}))
    assert 'value="camile@example.org"' in page
    assert "Mot de passe oublié" in page
    assert not PasswordReset.objects.exists()


def test_asked_again_too_early_the_page_says_when(client, noon):
    forget(client)
    noon.shift(timedelta(seconds=30))
    page = words(forget(client))
    assert "Pas encore : un e-mail est parti à 15 h. Vous pourrez en demander un autre à 15 h 02." in page
    assert "Un e-mail part à" not in page


def test_a_link_that_was_cut_is_not_called_expired(client):
    address = link(client)
    page = words(client.get(f"{address[:-9]}/"))
    assert "Ce lien n’est pas complet" in page
    assert "expiré" not in page


def test_an_expired_link_says_since_when(client, noon):
    address = link(client)
    noon.shift(timedelta(days=2))
    assert "Ce lien a expiré le 24 novembre à 15 h" in words(client.get(address))
