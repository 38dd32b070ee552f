"""A real worker and a real mail server, each going away at the worst time."""

import signal

import pytest

from tests.outbox.mail_server import MailServer
from tests.portal import Portal, eventually

SEND = """
from django.utils import timezone
from xpassfam.outbox.actions import send
send("outbox/mail_base", to="lea@example.org", context={"code": "482913"}, at=timezone.now())
"""
TEXT = """
from django.utils import timezone
from xpassfam.outbox.actions import send_sms
for _ in range(10):
    send_sms("outbox/sms/trial", to="+33639980012", context={}, at=timezone.now())
"""
LEASES_END = [
    "UPDATE outbox_message SET next_at = '2020-01-01 00:00:00+00:00'",
    "UPDATE django_tasks_database_dbtaskresult SET run_after = '2020-01-01 00:00:00+00:00' WHERE status = 'RUNNING'",
]


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


def state(portal: Portal) -> tuple:
    return portal.sql("SELECT state, tries FROM outbox_message")[0]


def test_a_mail_survives_a_worker_killed_while_it_sends(portal, server):
    portal.run(SEND)
    server.is_hanging = True
    worker = portal.start("work", SMTP_URL=server.url)
    eventually(lambda: server.received)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert state(portal) == ("waiting", 1)

    server.is_hanging = False
    for statement in LEASES_END:
        portal.sql(statement)
    portal.start("work", SMTP_URL=server.url)
    eventually(lambda: state(portal) == ("sent", 2))
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"]
    assert portal.sql("SELECT count(*) FROM outbox_message WHERE CAST(context AS text) = '{}'") == [(1,)]


def test_a_mail_waits_for_its_server_to_come_back(portal):
    with MailServer() as gone:
        port = gone.server_address[1]
    portal.run(SEND)
    portal.start("work", SMTP_URL=gone.url)
    eventually(lambda: state(portal) == ("waiting", 1))
    with MailServer(port) as server:
        eventually(lambda: state(portal)[0] == "sent")
        [mail] = server.received
    assert mail["To"] == "lea@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"]
    assert mail.get_content_type() == "multipart/alternative"


def test_an_address_unknown_to_its_server_is_given_up_at_once(portal, server):
    server.refusal = b"550 5.1.1 no such user"
    portal.run(SEND)
    portal.start("work", SMTP_URL=server.url)
    eventually(lambda: state(portal) == ("failed", 1))
    assert portal.sql("SELECT CAST(context AS text) FROM outbox_message") == [("{}",)]


def test_a_server_that_refuses_for_now_is_asked_again(portal, server):
    server.refusal = b"451 4.7.1 greylisted"
    portal.run(SEND)
    portal.start("work", SMTP_URL=server.url)
    eventually(lambda: state(portal) == ("waiting", 1))
    server.refusal = b""
    eventually(lambda: state(portal)[0] == "sent")


def test_however_many_ask_at_once_exactly_the_day_s_sms_of_a_number_pass(portal):
    portal.run("from xpassfam.organisation.models import Organisation as O; O(name='C', sms_per_number_a_day=5).save()")
    several = [portal.start("shell", "-v0", "-c", TEXT) for _ in range(3)]
    assert [process.wait(60) for process in several] == [0, 0, 0]
    assert portal.sql("SELECT count(*) FROM outbox_message WHERE channel = 'sms'") == [(5,)]
    assert portal.sql("SELECT count FROM outbox_smscount WHERE key LIKE 'number:%'") == [(5,)]
