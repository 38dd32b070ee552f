import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_the_front_door_leads_a_visitor_to_sign_in(client):
    answer = client.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/connexion/")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_password_manager_finds_the_way_to_a_new_password(client):
    answer = client.get("/.well-known/change-password")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/mon-compte/securite/mot-de-passe/")


def test_a_process_that_lives_says_so_without_its_database(client):
    assert client.get("/sante/vive").content == b"ok\n"


@pytest.mark.django_db
def test_a_process_that_can_serve_says_so(client):
    assert client.get("/sante/prete").status_code == 200


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_to_the_probe(client):
    def refuse(*arguments):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        answer = client.get("/sante/prete")

    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_every_page_refuses_to_be_framed(client):
    answer = client.get("/sante/vive")

    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
