"""A logo: judged by its content, drawn anew, shown everywhere, and gone when it is taken away."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.organisation.test_configuring import FORM, staff, typed
from xpassfam.organisation.models import LogoFile, Organisation, current

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(staff("administrator"))
    return client


def image(width=400, height=120, *, kind="PNG", colour=(20, 90, 140, 255), **more):
    out = io.BytesIO()
    picture = Image.new("RGBA", (width, height), colour)
    (picture.convert("RGB") if kind == "JPEG" else picture).save(out, kind, **more)
    return out.getvalue()


def file(content, name="logo.png", kind="image/png"):
    return SimpleUploadedFile(name, content, content_type=kind)


def send(administrator, **changes):
    complete = {"host_name": "H", "host_address": "1, rue", "host_phone": "02 61 91 66 99", "seat": "1, rue"}
    complete |= {"legal_name": "Solidarité", "legal_phone": "02 61 91 66 00", "legal_email": "a@example.org"}
    complete |= {"registration": "SIREN", "publication_director": "M", "dpo_contact": "b@example.org"}
    return administrator.post(FORM, typed(administrator) | complete | changes)


def saved(administrator, **changes):
    response = send(administrator, **changes)
    assert response.status_code == 302, response.context["adminform"].form.errors
    return Organisation.objects.get()


def error(administrator, field="logo_file", **changes):
    response = send(administrator, **changes)
    assert response.status_code == 200
    assert not LogoFile.objects.exists()
    return " ".join(response.context["adminform"].form.errors[field]).replace("\u00a0", " ").replace("\u202f", " ")


def stored(name):
    return Image.open(io.BytesIO(bytes(LogoFile.objects.get(name=name).png)))


def test_without_one_our_shapes_are_there_and_no_request_more(client):
    page = client.get("/aide/").content.decode()
    assert "/brand/" not in page
    assert '<a class="logo" href="/"><svg' in page
    assert "<img" not in page


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_three_formats_are_taken_and_served_as_a_png_of_ours(administrator, client, kind):
    # The name and the type that the browser tells are not looked at.
    organisation = saved(administrator, logo_file=file(image(kind=kind), "photo.exe", "text/html"))
    address = organisation.logo_picture.address
    assert re.fullmatch(r"/brand/logo-[0-9a-f]{16}-400x120\.png", address)
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.startswith(b"\x89PNG")


def test_nothing_of_the_file_but_its_picture_is_kept(administrator):
    exif = Image.Exif()
    exif[0x010E] = "secret-place"
    sent = image(kind="JPEG", exif=exif) + b"<script>alert(1)</script>"
    organisation = saved(administrator, logo_file=file(sent))
    png = bytes(LogoFile.objects.get(name=organisation.logo).png)
    assert b"secret-place" not in png
    assert b"script" not in png


def test_it_is_made_small_its_margins_cut_and_its_transparency_kept(administrator):
    out, picture = io.BytesIO(), Image.new("RGBA", (2000, 1000), (0, 0, 0, 0))
    picture.paste((200, 20, 60, 255), (500, 400, 1500, 600))
    picture.save(out, "PNG")
    organisation = saved(administrator, logo_file=file(out.getvalue()))
    assert (organisation.logo_picture.width, organisation.logo_picture.height) == (640, 128)
    assert stored(organisation.logo).size == (640, 128)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "Ce fichier est un SVG"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", "Ce fichier est un SVG"),
        (b"<html><body>", "Ce fichier est un SVG"),
        (b"GIF89a" + b"\0" * 100, "n’est pas une image lisible"),
        (b"%PDF-1.7", "n’est pas une image lisible"),
        (b"", "vide"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "n’est pas une image lisible"),
        (image()[:200], "n’est pas une image lisible"),
        (image(4001, 40), "plus de 4 000 pixels"),
        (image(31, 200), "moins de 32 pixels"),
        (b"\0" * (2 * 1024 * 1024 + 1), "plus de 2 Mo"),
    ],
    ids=["svg", "svg in disguise", "html", "gif", "pdf", "empty", "broken", "cut", "huge", "tiny", "heavy"],
)
def test_what_is_no_logo_is_refused_with_what_to_do(administrator, content, said):
    assert said in error(administrator, logo_file=file(content))


def test_a_bomb_is_not_unfolded(administrator, monkeypatch):
    bomb, unfolded = file(image(30_000, 40)), []
    monkeypatch.setattr(Image.Image, "load", lambda self: unfolded.append(self.size))
    error(administrator, logo_file=bomb)
    assert unfolded == []


def test_a_dark_logo_alone_is_refused(administrator):
    assert "clair" in error(administrator, "dark_logo_file", dark_logo_file=file(image()))


def test_pages_show_it_with_its_words_and_keep_its_place(administrator, client):
    saved(administrator, logo_file=file(image()), logo_text="Solidarité Familles Estuaire")
    for address in ("/connexion/", "/aide/", "/brand/nowhere/", "/gestion/", "/admin/"):
        page = (Client() if address == "/connexion/" else client).get(address).content.decode()
        shown = re.search(r"<img[^>]*/brand/logo-[^>]*>", page)[0]
        assert 'width="400" height="120"' in shown, address
        assert 'alt="Solidarité Familles Estuaire"' in shown, address


def test_a_drawing_without_words_leaves_the_name_beside_it(administrator, client):
    saved(administrator, logo_file=file(image()), name="Solidarité")
    header = client.get("/aide/").content.decode().partition("</header>")[0]
    assert 'alt=""' in header
    assert "<span>Solidarité <small>" in header


def test_the_dark_one_is_shown_in_the_dark_as_the_device_or_the_person_says(administrator, client):
    organisation = saved(
        administrator, logo_file=file(image()), dark_logo_file=file(image(colour=(250, 250, 250, 255)))
    )
    light, dark = organisation.logo_picture.address, organisation.dark_logo_picture.address
    page = client.get("/aide/").content.decode()
    assert f'<source media="(prefers-color-scheme:dark)" srcset="{dark}"' in page
    assert f'src="{light}"' in page
    for theme, seen, unseen in (("dark", dark, light), ("light", light, dark)):
        client.post("/affichage/", {"theme": theme})
        page = client.get("/aide/").content.decode()
        assert seen in page
        assert unseen not in page


def test_a_new_one_has_a_new_address_and_the_old_file_is_gone(administrator, client):
    first = saved(administrator, logo_file=file(image())).logo_picture.address
    second = saved(administrator, logo_file=file(image(colour=(9, 9, 9, 255)))).logo_picture.address
    assert first != second
    assert client.get(first).status_code == 404
    assert LogoFile.objects.count() == 1


def test_taking_it_away_takes_both_and_their_files(administrator, client):
    saved(administrator, logo_file=file(image()), dark_logo_file=file(image(colour=(9, 9, 9, 255))))
    saved(administrator, without_dark_logo="on")
    assert LogoFile.objects.count() == 1
    saved(administrator, without_logo="on")
    assert not LogoFile.objects.exists()
    assert current().logo_picture is None
    assert "<svg" in client.get("/aide/").content.decode().partition("</header>")[0]


def test_other_settings_leave_it_alone(administrator):
    before = saved(administrator, logo_file=file(image())).logo
    assert saved(administrator, portal_name="Espace familles").logo == before
    assert LogoFile.objects.count() == 1


def test_an_agent_sends_none(client):
    client.force_login(staff("agent"))
    assert client.post(FORM, {"logo_file": file(image())}).status_code == 403


def test_an_address_of_nothing_is_a_404(client):
    assert client.get("/brand/logo-0123456789abcdef-1x1.png").status_code == 404


def test_the_limits_are_told_before_a_file_is_chosen(administrator):
    page = administrator.get(FORM).content.decode()
    assert "PNG, JPEG ou WebP, 2\u00a0Mo et 4\u202f000 pixels au plus" in page
    assert 'accept="image/png,image/jpeg,image/webp"' in page
