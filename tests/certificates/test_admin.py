"""An organisation writes its own words and signs, and looks before it saves."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.accounts.factories import account, sign_in
from tests.certificates.certifying import given, text
from xpassfam.certificates import printing
from xpassfam.certificates.models import Signature, Wording
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db
WORDS = "/admin/certificates/wording/composition/texte/"
SIGNATURE = "/admin/certificates/signature/1/change/"
TYPED = {
    "title": "Attestation de la famille",
    "introduction": "Nous, {home}, le {day}.",
    "introduction_own": "{name} seul.",
    "closing": "",
}


@pytest.fixture
def thierry(client):
    sign_in(client, account(role="administrator", email="thierry@organisation.example").email)
    return client


def png() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), (20, 30, 40)).save(out, "PNG")
    return SimpleUploadedFile("signature.png", out.getvalue())


def test_the_list_is_of_every_kind(thierry):
    shown = thierry.get("/admin/certificates/wording/").content.decode()
    for title in ("Attestation de composition du foyer", "Carte Pass Famille", "Attestation de quotient familial"):
        assert title in shown
    assert "Notification de décision" not in shown


def test_its_own_words_are_printed_on_what_comes_next(thierry, family):
    thierry.post(WORDS, TYPED | {"save": "1"})

    said = text(printing.pdf(given(family, family.camille)))
    assert "Attestation de la famille" in said
    assert "Nous, Foyer Martin, le " in said
    assert Line.objects.filter(kind="certificates.worded").count() == 1


def test_ours_come_back(thierry):
    thierry.post(WORDS, TYPED | {"save": "1"})
    thierry.post(WORDS, {"restore": "1"})
    assert not Wording.objects.exists()


def test_looking_saves_nothing_and_shows_the_paper(thierry):
    response = thierry.post(WORDS, TYPED | {"look": "1"})
    assert not Wording.objects.exists()

    picture = thierry.get(response.context["picture"])
    assert picture.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).size[1] > 800


@pytest.mark.parametrize("kind", ["composition", "bracket", "paid", "card"])
def test_each_kind_has_its_picture(thierry, kind):
    page = thierry.get(f"/admin/certificates/wording/{kind}/texte/")
    assert thierry.get(page.context["picture"]).status_code == 200


@pytest.mark.parametrize(
    "text", ["{password}", "{0}", "{name.pk}", "{name!r}", "{", "}", "{name", "{ name}", "{home:>99999}"]
)
def test_braces_that_are_none_of_ours_are_said(thierry, text):
    response = thierry.post(WORDS, TYPED | {"introduction": text, "save": "1"})

    assert response.context["form"].errors["introduction"]
    assert not Wording.objects.exists()


@pytest.mark.parametrize("code", ["decision", "horoscope"])
def test_a_kind_that_is_not_issued_has_no_words(thierry, code):
    assert thierry.get(f"/admin/certificates/wording/{code}/texte/").status_code == 404


def test_who_signs_is_printed_with_their_scanned_signature(thierry, family):
    typed = {"name": "Claire Delaunay", "function": "responsable", "place": "Nantes"}
    thierry.post(SIGNATURE, typed | {"picture_file": png()})
    signature = Signature.objects.get()

    assert signature.picture
    made = given(family, family.camille)
    assert "Claire Delaunay" in text(printing.pdf(made))
    assert made.face.signature

    thierry.post(SIGNATURE, typed | {"without_picture": "on"})
    assert Signature.objects.get().picture is None
    assert Line.objects.filter(kind="certificates.signed").count() == 2


def test_a_file_that_is_no_picture_is_said(thierry):
    file = SimpleUploadedFile("signature.svg", b"<svg onload='x'/>")
    thierry.post(SIGNATURE, {"name": "Claire", "picture_file": file})
    assert not Signature.objects.exists()


def test_an_agent_changes_nothing_of_it(client):
    sign_in(client, account(role="agent", email="nadia@organisation.example").email)
    assert client.get(WORDS).status_code in (302, 403)
    assert client.get("/admin/certificates/wording/composition/apercu.png").status_code in (302, 403)
