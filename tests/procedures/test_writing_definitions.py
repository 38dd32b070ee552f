"""Administrators try a definition, see what families would see, and publish it; nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.accounts.factories import account, sign_in
from tests.household.homes import read, shown
from tests.procedures.texts import MOVE, changed
from xpassfam.journal.models import Line
from xpassfam.procedures.models import Procedure, Version

WRITE = "/gestion/demarches/texte/"


def staff(role):
    client = Client()
    someone = account(role=role, email=f"{role}@example.org")
    assert sign_in(client, someone.email).status_code == 302
    return client


@pytest.fixture
def administrator(db):
    return staff("administrator")


def test_a_right_text_is_seen_before_it_is_published(administrator):
    page = shown(administrator.post(WRITE, {"text": MOVE, "preview": "1"}))

    assert "Ce texte est juste" in page
    assert "Votre nouvelle adresse" in page
    assert "Camille Exemple, 38 ans" in page
    assert "Réponse promise : 5 jours ouvrés." in page
    assert not Procedure.objects.exists()

    page = shown(administrator.post(WRITE, {"text": MOVE, "publish": "1"}, follow=True))
    assert "C’est publié : version 1." in page
    assert Version.objects.get().source == MOVE
    assert Line.objects.filter(kind="procedures.published", actor_kind="administrator").count() == 1


def test_a_wrong_text_comes_back_with_each_mistake_at_its_line(administrator):
    response = administrator.post(WRITE, {"text": changed("type: date", "type: day"), "publish": "1"})
    page = shown(response)

    assert response.status_code == 400
    assert "Ligne 16 : « day » n’est pas une valeur possible" in page
    assert "type: day, label: Depuis quand" in page.partition("<pre")[2].partition("</pre>")[0]
    assert "type: day, label: Depuis quand" in page.partition("<textarea")[2]
    assert not Procedure.objects.exists()


def test_a_file_is_read_in_place_of_the_text(administrator):
    file = SimpleUploadedFile("d01.yaml", b"\xef\xbb\xbf" + MOVE.replace("\n", "\r\n").encode())
    page = shown(administrator.post(WRITE, {"text": "x", "file": file, "preview": "1"}))

    assert "Ce texte est juste" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": " "}, "Collez le texte d’une définition, ou choisissez un fichier."),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00")}, "Ce fichier n’est pas du texte en UTF-8."),
        ({"file": SimpleUploadedFile("a.yaml", b"x" * 200_001)}, "Ce fichier est trop lourd"),
        ({"text": "x" * 200_001}, "Le texte est trop long"),
        ({"text": "a: \x00"}, "caract"),
    ],
    ids=["nothing", "no text", "heavy file", "long text", "null"],
)
def test_what_is_no_text_is_told(administrator, sent, said):
    response = administrator.post(WRITE, sent | {"preview": "1"})

    assert response.status_code == 400
    assert said in shown(response)


def test_another_procedure_s_address_is_refused(administrator, publishing):
    publishing(MOVE)
    response = administrator.post(WRITE, {"text": changed("code: D01", "code: D99"), "publish": "1"})

    assert "celle d’une autre démarche" in shown(response)


def test_a_new_version_begins_with_the_present_text(administrator, publishing):
    publishing(MOVE)

    assert "code: D01" in read(administrator, f"{WRITE}?demarche=changement-adresse")
    assert "code: D01" not in read(administrator, f"{WRITE}?demarche=inconnue")


def test_the_list_and_the_page_of_a_procedure(administrator, publishing):
    publishing(MOVE)
    publishing(changed("Depuis quand", "À partir de quand"))

    assert "Déclarer un changement d’adresse" in read(administrator, "/gestion/demarches/")
    page = read(administrator, "/gestion/demarches/changement-adresse/")
    assert page.index("Version 2") < page.index("Version 1")
    assert "À partir de quand" in page


def test_settings_of_a_procedure_are_kept_with_their_line(administrator, publishing):
    publishing(MOVE)
    procedure = Procedure.objects.get()
    address = f"/admin/procedures/procedure/{procedure.pk}/change/"
    assert administrator.get(address).status_code == 200
    sent = {"title": "Déménager", "purpose": "", "notice": "", "delay_count": "8", "position": "100", "is_open": "on"}
    administrator.post(address, sent)

    assert Procedure.objects.published().get().definition.title == "Déménager"
    assert Line.objects.filter(kind="procedures.configured").count() == 1
    administrator.post(address, sent | {"delay_count": "0"})
    assert Procedure.objects.get().delay_count == 8


def test_agents_do_not_write_procedures(db, publishing):
    publishing(MOVE)
    agent = staff("agent")

    for page in ("/gestion/demarches/", WRITE, "/gestion/demarches/changement-adresse/"):
        assert agent.get(page).status_code == 403
    assert agent.post(WRITE, {"text": MOVE, "publish": "1"}).status_code == 403
