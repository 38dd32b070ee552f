import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.staticfiles import finders

from tests.organisation.factories import example
from xpassfam.accounts.models import Account
from xpassfam.organisation.models import Organisation, current

pytestmark = pytest.mark.django_db
FORM = "/admin/organisation/organisation/1/change/"


def staff(role):
    return Account.objects.create(email=f"{role}@estuaire.example", last_name="Le Goff", first_name="Maëlle", role=role)


@pytest.fixture
def administrator(client):
    client.force_login(staff("administrator"))
    return client


def typed(client):
    """The form as the page shows it, ready to be sent back."""
    form = client.get(FORM).context["adminform"].form
    values = {}
    for bound in form:
        value = bound.value()
        if value is True:
            values[bound.name] = "on"
        elif value not in (None, False):
            values[bound.name] = str(value)
    return values


def test_a_stranger_is_led_to_our_sign_in_page_and_back(client):
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response["Location"] == "/connexion/?next=/admin/"
    assert (
        client.get("/admin/login/?next=/admin/accounts/team/")["Location"] == "/connexion/?next=/admin/accounts/team/"
    )
    assert client.get("/admin/login/?next=https://ailleurs.example/")["Location"] == "/connexion/?next=/admin/"


def test_there_is_no_second_way_in(client):
    staff("administrator")
    response = client.post("/admin/login/", {"username": "administrator@estuaire.example", "password": "x"})
    assert response.status_code in (302, 403)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/admin/", FORM, "/admin/login/"])
def test_an_agent_does_not_configure(client, address):
    client.force_login(staff("agent"))
    response = client.get(address, follow=True)
    assert response.status_code == 403
    assert "Réglages de l’organisme" not in response.content.decode()


def test_passwords_and_sign_out_have_no_page_here(administrator):
    for address in ("/admin/password_change/", "/admin/logout/"):
        assert administrator.get(address).status_code == 404


def test_only_our_tables_are_configuration():
    assert {model.__module__.split(".")[0] for model in admin.site._registry} == {"xpassfam"}


def test_before_the_first_time_the_form_shows_the_defaults(administrator):
    page = administrator.get(FORM)
    assert page.status_code == 200
    assert not Organisation.objects.exists()
    assert administrator.get("/admin/organisation/organisation/")["Location"] == FORM


def test_what_is_saved_is_what_pages_show(administrator):
    example("solidarite-familles-estuaire")
    values = typed(administrator) | {"name": "Amicale de l’Erdre", "brand_colour": "#8a1f4b"}
    response = administrator.post(FORM, values, follow=True)
    assert "C’est enregistré" in response.content.decode()
    assert current().name == "Amicale de l’Erdre"
    assert current().configured_by == "Maëlle Le Goff"
    assert "Amicale de l’Erdre" in administrator.get("/aide/").content.decode()
    assert LogEntry.objects.get().user.email == "administrator@estuaire.example"


def test_works_are_set_in_the_portals_time(administrator):
    example("solidarite-familles-estuaire")
    hours = {"maintenance_from": "2026-12-06T22:00", "maintenance_until": "2026-12-06T23:00"}
    assert administrator.post(FORM, typed(administrator) | hours).status_code == 302
    assert current().maintenance_from == datetime(2026, 12, 6, 21, tzinfo=UTC)
    assert 'value="2026-12-06T22:00"' in administrator.get(FORM).content.decode()


def test_the_legal_notice_can_not_be_emptied(administrator):
    example("solidarite-familles-estuaire")
    response = administrator.post(FORM, typed(administrator) | {"publication_director": " "})
    assert "publication_director" in response.context["adminform"].form.errors
    assert current().publication_director == "Maëlle Le Goff, présidente"


def test_a_refused_value_says_what_to_write(administrator):
    example("solidarite-familles-estuaire")
    response = administrator.post(FORM, typed(administrator) | {"brand_colour": "vert", "reset_link_minutes": "5"})
    errors = response.context["adminform"].form.errors
    assert set(errors) == {"brand_colour", "reset_link_minutes"}
    assert "#0f5c56" in errors["brand_colour"][0]


def test_nobody_deletes_or_adds_an_organisation(administrator):
    example("solidarite-familles-estuaire")
    assert administrator.post("/admin/organisation/organisation/1/delete/", {"post": "yes"}).status_code == 403
    assert administrator.get("/admin/organisation/organisation/add/").status_code == 403
    assert Organisation.objects.count() == 1


def test_the_policy_of_the_configuration_lets_only_our_files_run(administrator):
    policy = administrator.get(FORM)["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "trusted-types" not in policy
    assert "trusted-types" in administrator.get("/aide/")["Content-Security-Policy"]


def test_the_page_holds_no_inline_script_or_style(administrator):
    example("solidarite-familles-estuaire")
    html = administrator.get(FORM).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S|<style|\sstyle=|\son\w+=", html)


def tokens(sheet):
    """Those of one colour, and those of two."""
    css = Path(finders.find(sheet)).read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]+|var\(--light,#[0-9a-f]+\) var\(--dark,#[0-9a-f]+\))", css))


def test_the_dress_repeats_the_tokens_of_the_face():
    ours = tokens("organisation/admin.css")
    assert len(ours) > 15
    assert ours.items() <= tokens("ui/css/base.css").items()


def test_a_folded_part_that_holds_an_error_is_unfolded(administrator):
    page = administrator.post(FORM, typed(administrator) | {"idle_minutes": "-5"}).content.decode()
    part = page[: page.index('id="id_idle_minutes"')].rpartition("<fieldset")[2]
    assert "collapse" not in part


def test_a_form_sent_back_untouched_is_no_change(administrator):
    example("mutuelle-du-ponant")
    values = {name: value.replace("\n", "\r\n") for name, value in typed(administrator).items()}
    assert administrator.post(FORM, values).status_code == 302
    assert LogEntry.objects.latest("id").get_change_message() == "Aucun champ modifié."
    assert "\r" not in Organisation.objects.get().postal_address
