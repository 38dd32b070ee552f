from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from xpassfam.jobs.worker import drain
from xpassfam.organisation.brand import dark_tokens, light_tokens
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.actions import send
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 3, 3, 13, 15, tzinfo=UTC)


def post(hello, **more):
    context = {**hello, "until": UNTIL}
    return send("outbox_tests/hello", to="lea@example.org", context=context, at=timezone.now(), **more)


def test_a_mail_leaves_when_the_worker_comes(hello, mailoutbox):
    Organisation(name="Solidarité Familles", support_email="aide@example.org").save()
    post(hello)
    assert mailoutbox == []
    drain()
    [mail] = mailoutbox
    assert mail.to == ["lea@example.org"]
    assert mail.subject == "Bonjour Léa & <b>, ouvrez votre compte"
    headers = mail.message()
    assert "aide@example.org" in headers["From"]
    assert "=?utf-8?q?Solidarit=C3=A9_Familles?=" in headers["From"]
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Date"]


def test_text_is_plain_html_is_escaped_and_both_give_times_here(hello, mailoutbox):
    post(hello)
    drain()
    text, html = mailoutbox[0].body, mailoutbox[0].alternatives[0].content
    assert text.startswith("Bonjour Léa & <b>,")
    assert "http://localhost:8000/activation/abc/" in text
    assert "Envoyé à lea@example.org." in text
    assert "jamais votre mot de passe" in text
    assert "Objet" not in text
    assert "Léa &amp; &lt;b&gt;" in html
    assert "lea@example.org" in html
    assert "14 h 15" in text
    assert "14 h 15" in html


def test_what_is_undone_sends_nothing(hello, mailoutbox):
    with transaction.atomic():
        post(hello)
        transaction.set_rollback(True)
    drain()
    assert mailoutbox == []


def test_once_sent_the_context_is_wiped_and_the_demo_keeps_the_mail(hello, mailoutbox):
    message = post(hello, account_id="k" * 32)
    drain()
    message.refresh_from_db()
    assert (message.state, message.context, message.tries) == ("sent", {}, 1)
    assert message.account == "k" * 32
    assert "482913" in message.text
    assert "482 913" in message.html
    assert message.sent_at


def test_in_production_nothing_of_the_mail_is_kept(hello, mailoutbox, settings):
    settings.IS_DEMO = False
    message = post(hello)
    drain()
    message.refresh_from_db()
    assert len(mailoutbox) == 1
    assert (message.subject, message.text, message.html, message.context) == ("", "", "", {})


@pytest.mark.parametrize(
    "address", ["lea@example.org\nBcc: eve@example.org", "lea@example.org, eve@example.org", "lea"]
)
def test_an_address_that_is_not_one_is_refused(address):
    with pytest.raises(ValidationError):
        send("outbox_tests/hello", to=address, context={}, at=timezone.now())


def test_a_name_cannot_add_a_header(hello, mailoutbox):
    Organisation(name='Club "A"\r\nBcc: eve@example.org').save()
    post({**hello, "first_name": "Léa\r\nBcc: eve@example.org"})
    drain()
    [mail] = mailoutbox
    assert mail.recipients() == ["lea@example.org"]
    assert mail.message()["Bcc"] is None
    assert "\n" not in mail.subject


def test_what_only_looks_like_an_instant_is_sent_as_text(hello, mailoutbox):
    post({**hello, "first_name": "9999-99-99T99:99:99Z"})
    drain()
    assert "Bonjour 9999-99-99T99:99:99Z," in mailoutbox[0].body


def test_a_message_sent_twice_has_one_identity_and_is_not_sent_twice_by_two_jobs(hello, mailoutbox):
    from xpassfam.outbox.delivery import deliver

    message = post(hello)
    deliver.enqueue(message.pk)
    drain()
    [mail] = mailoutbox
    assert mail.message()["Message-ID"] == f"<{message.public_id}@localhost>"


def test_a_mail_that_cannot_be_made_is_tried_later_not_lost(mailoutbox):
    message = send("outbox_tests/absent", to="lea@example.org", context={"code": "1"}, at=timezone.now())
    drain()
    message.refresh_from_db()
    assert (message.state, message.tries, message.context) == ("waiting", 1, {"code": "1"})
    assert timezone.now() < message.next_at < timezone.now() + timedelta(minutes=1)


def test_after_three_days_it_is_given_up_and_said(caplog):
    before = timezone.now() - timedelta(days=3, minutes=1)
    message = send("outbox_tests/absent", to="lea@example.org", context={"code": "1"}, at=before)
    drain()
    message.refresh_from_db()
    assert (message.state, message.context) == (Message.State.FAILED, {})
    assert f"message {message.pk} given up after 1 tries" in caplog.text
    assert "lea@example.org" not in caplog.text


def test_a_mail_wears_the_organisation_s_colours_and_gives_its_contacts(hello, mailoutbox):
    Organisation(name="Club", brand_colour="#e4007c", support_phone="02 61 91 44 00").save()
    post(hello)
    drain()
    html = mailoutbox[0].alternatives[0].content
    assert light_tokens("#e4007c")["brand"] in html
    assert dark_tokens("#e4007c")["brand"] in html
    assert 'href="tel:+33261914400"' in html
    assert "Appelez le 02 61 91 44 00" in mailoutbox[0].body
