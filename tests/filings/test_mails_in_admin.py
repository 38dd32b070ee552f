"""An administrator changes the words of a mail, sees them before, and can't take away what the law wants said."""

import html

import pytest

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import received
from tests.filings.factories import desk, organisation
from xpassfam.filings.models import MailText
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db
LIST = "/admin/filings/mailtext/"
PAGE = f"{LIST}acknowledgement/texte/"
TYPED = {"subject": "Reçu : {demande}", "body": "Bonjour {prenom},\n\nMerci."}


@pytest.fixture
def administrator(client):
    organisation()
    sign_in(client, account(role="administrator", email="thierry@organisation.example").email)
    return client


def read(response):
    return html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def save(client, page=PAGE, **typed):
    return client.post(page, {**TYPED, "save": "1", **typed}, follow=True)


def test_they_are_found_under_requests(administrator):
    assert "Filings" not in read(administrator.get("/admin/"))


def test_every_mail_of_the_profile_is_listed(administrator):
    page = read(administrator.get(LIST))
    assert "Demande à compléter" in page
    assert "Silence qui vaut" not in page

    organisation(legal_profile="adm")
    assert "Silence qui vaut refus" in read(administrator.get(LIST))


def test_words_are_seen_before_they_are_kept(administrator):
    page = read(administrator.post(PAGE, {**TYPED, "look": "1"}))

    assert "Reçu : Actualiser mon quotient familial" in page
    assert "Bonjour Camille," in page
    assert "Référence : D-7K3Q-M2XP" in page
    assert not MailText.objects.exists()


def test_what_is_kept_is_what_families_receive_with_the_mentions_below(administrator):
    save(administrator)
    room = desk()
    sent = room.filed()

    letter = received()[-1]
    assert letter.subject == "Reçu : Actualiser mon quotient familial"
    assert "Merci." in letter.body
    assert sent.reference in letter.body
    assert "au plus tard le" in letter.body
    assert Line.objects.filter(kind="filings.mail_written").count() == 1
    assert "le vôtre" in read(administrator.get(LIST))


def test_the_words_for_one_procedure_are_its_alone(administrator):
    room = desk()
    save(administrator, page=f"{PAGE}?demarche=T05", subject="Pour le quotient")
    save(administrator, subject="Pour les autres")

    room.filed()

    assert received()[-1].subject == "Pour le quotient"
    assert "Pour les autres" in read(administrator.get(PAGE))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"body": "Bonjour {nom}"}, "{nom} n’est pas connu ici. Vous pouvez écrire : {prenom},"),
        ({"body": "Bonjour {prenom"}, "Une accolade est seule"),
        ({"subject": "{demande.household}"}, "{demande.household} n’est pas connu ici"),
        ({"subject": "{0!r:>99999}"}, "{0!r:>99999} n’est pas connu ici"),
        ({"body": "Le silence vaut refus."}, "« silence vaut » ne vaut pas pour votre organisme"),
        ({"subject": ""}, "Écrivez un objet."),
    ],
)
def test_what_no_mail_could_say_is_refused_with_words(administrator, typed, said):
    page = read(save(administrator, **typed))

    assert said in page
    assert not MailText.objects.exists()


def test_ours_come_back(administrator):
    save(administrator)

    page = read(administrator.post(PAGE, {"restore": "1"}, follow=True))

    assert "Le texte d’origine est revenu." in page
    assert "C’est bien reçu" in page
    assert not MailText.objects.exists()
    assert Line.objects.filter(kind="filings.mail_restored").count() == 1


def test_families_and_agents_do_not_write_them(client):
    organisation()
    sign_in(client, account(role="agent", email="nadia@organisation.example").email)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {**TYPED, "save": "1"}).status_code == 403


def test_whoever_reads_the_settings_in_english_keeps_mails_in_french(administrator):
    administrator.post("/langue/", {"language": "en", "next": PAGE})

    page = read(administrator.get(PAGE))

    assert "Subject" in page
    assert "C’est bien reçu : {demande}" in page
    assert "Bonjour Camille," in page
