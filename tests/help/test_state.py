"""The state of the service: what works, what waits, what was; also while the database is away."""

import socket
from datetime import timedelta
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.organisation.factories import example
from xpassfam.help import standing
from xpassfam.help.models import Incident, Part
from xpassfam.jobs.models import Schedule
from xpassfam.organisation.models import forget
from xpassfam.organisation.reaching import is_reachable
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def words(client):
    return unescape(client.get("/etat/").content.decode()).replace("\u00a0", " ")


def away(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def mail(**facts):
    now = timezone.now()
    facts = {"created_at": now, "next_at": now, **facts}
    return Message.objects.create(template="x", to="lea@example.org", context={}, **facts)


def test_all_is_well_on_a_quiet_day(client):
    text = words(client)
    assert "Le site répond" in text
    assert text.count("Marche") == 4
    assert "Aucun incident à signaler" in text


def test_a_worker_that_stopped_makes_mails_and_work_late():
    Schedule.objects.create(job="x", next_at=NOW - timedelta(minutes=6))
    seen = standing.look(at=NOW)
    assert seen.parts[Part.WORK] == seen.parts[Part.MAIL] == standing.Works.LATE
    assert seen.parts[Part.SIGN_IN] == standing.Works.YES
    assert not seen.is_well


def test_a_mail_that_waits_for_long_is_told(client):
    mail(next_at=timezone.now() - timedelta(minutes=20))
    assert "Plus lent" in words(client)


def test_a_mail_tried_again_and_again_is_told_although_its_next_try_is_to_come():
    mail(created_at=NOW - timedelta(hours=2), next_at=NOW + timedelta(minutes=30), tries=4)
    assert standing.look(at=NOW).parts[Part.MAIL] == standing.Works.LATE


def test_a_mail_of_a_minute_ago_is_not(client):
    mail(created_at=NOW - timedelta(minutes=1), next_at=NOW - timedelta(minutes=1))
    assert standing.look(at=NOW).is_well


def test_an_incident_is_told_while_it_lasts_and_for_thirty_days_after(client):
    facts = {"part": "mail", "title": "Les e-mails tardent", "text": "Nous changeons de serveur."}
    incident = Incident.objects.create(started_at=NOW - timedelta(hours=1), **facts)
    text = words(client)
    assert "Les e-mails tardent" in text
    assert "Ne marche pas" in text
    incident.ended_at = NOW
    incident.save()
    text = words(client)
    assert "Les e-mails tardent" in text
    assert "Ne marche pas" not in text
    incident.started_at = incident.ended_at = NOW - timedelta(days=31)
    incident.save()
    assert "Les e-mails tardent" not in words(client)


def test_administrators_write_incidents_and_the_history_says_so(client):
    from xpassfam.journal.models import Line

    sign_in(client, account(role="administrator").email)
    typed = {"part": "all", "title": "Panne du réseau", "text": "Réseau coupé.", "started_at": "2026-11-23T10:00"}
    assert client.post("/admin/help/incident/add/", typed).status_code == 302
    assert Line.objects.filter(kind="help.incident").count() == 1
    later = {**typed, "ended_at": "2026-11-22T10:00"}
    incident = Incident.objects.get()
    assert client.post(f"/admin/help/incident/{incident.pk}/change/", later).status_code == 200


def test_with_the_database_away_the_page_is_served_with_its_brand_and_says_so(client):
    organisation = example("solidarite-familles-estuaire")
    organisation.brand_colour = "#7a2e6d"
    organisation.save()
    Incident.objects.create(part="mail", title="Les e-mails tardent", text="x", started_at=NOW)
    words(client)
    sign_in(client, account().email)
    with connection.execute_wrapper(away):
        answer = client.get("/etat/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Le service est arrêté un court moment" in text
    assert "Solidarité Familles Estuaire" in text
    assert "Tout répondait encore" in text
    assert "Les e-mails tardent" in text
    assert 'href="/brand/' in text


def test_a_process_that_starts_while_the_database_is_away_knows_whose_portal_it_is(client):
    example("solidarite-familles-estuaire")
    client.get("/aide/")
    forget()
    standing.forget()
    with connection.execute_wrapper(away):
        text = client.get("/etat/").content.decode()
    assert "Solidarité Familles Estuaire" in text
    assert "02 61 91 44 00" in text.replace("\u00a0", " ")


@pytest.mark.parametrize("address", ["/aide/", "/aide/mot-de-passe-oublie/", "/aide/connexion/", "/aide/?q=code"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_help_is_read_while_the_database_is_away(client, address, is_signed_in):
    if is_signed_in:
        sign_in(client, account().email)
    with connection.execute_wrapper(away):
        assert client.get(address).status_code == 200


def test_a_machine_that_does_not_answer_costs_a_second_and_not_ten(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.DATABASES = {"default": {"HOST": "127.0.0.1", "PORT": str(port)}}
    assert not is_reachable()
    assert standing.look(at=NOW).is_away


def test_a_database_in_a_file_is_always_at_hand(settings):
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
    assert is_reachable()
