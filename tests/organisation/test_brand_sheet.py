import pytest

from tests.organisation.factories import example
from xpassfam.organisation.models import Organisation, current

pytestmark = pytest.mark.django_db


def test_our_own_face_costs_no_request(client):
    assert b"/brand/" not in client.get("/aide/").content


def test_a_brand_is_linked_and_kept_for_ever(client):
    example("mutuelle-du-ponant")
    address = current().brand_sheet_address
    assert address.encode() in client.get("/aide/").content
    response = client.get(address)
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"--brand:var(--light,#14418b)" in response.content


def test_a_sheet_that_another_process_just_linked_to_is_found(client):
    example("mutuelle-du-ponant")
    current()
    Organisation.objects.update(brand_colour="#8a1f4b")
    address = Organisation.objects.get().brand_sheet_address
    response = client.get(address)
    assert b"--brand:var(--light,#8a1f4b)" in response.content
    assert "immutable" in response["Cache-Control"]


def test_an_old_address_gives_the_present_colours_and_is_not_kept(client):
    example("mutuelle-du-ponant")
    response = client.get("/brand/0123456789abcdef.css")
    assert b"--brand:var(--light,#14418b)" in response.content
    assert response["Cache-Control"] == "no-store"


def test_error_pages_wear_the_brand_too(client):
    example("mutuelle-du-ponant")
    page = client.get("/brand/").content.decode()
    assert current().brand_sheet_address in page
    assert "Mutuelle du Ponant" in page
