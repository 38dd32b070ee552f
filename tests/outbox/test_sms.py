"""SMS against a real gateway that fails, delays and repeats; and how many leave in a day."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from tests.house import files
from tests.outbox.sms_gateway import SmsGateway
from tests.portal import ROOT
from xpassfam.jobs.worker import drain
from xpassfam.organisation.models import Organisation
from xpassfam.outbox import sms
from xpassfam.outbox.actions import send_sms
from xpassfam.outbox.delivery import MOST_TRIES_OF_SMS, deliver
from xpassfam.outbox.jobs import forget_counts
from xpassfam.outbox.models import Message, SmsCount
from xpassfam.rules.gsm import as_sms, segments

pytestmark = pytest.mark.django_db
LEA, SACHA = "+33639980012", "+33639980013"
NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


@pytest.fixture
def gateway(settings):
    with SmsGateway() as gateway:
        settings.SMS_URL = gateway.url
        yield gateway


def text(to: str = LEA, *, at: datetime | None = None, **more) -> bool:
    return send_sms("outbox_tests/sms/code", to=to, context={"code": "482913"}, at=at or timezone.now(), **more)


def one_more_try(message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(next_at=timezone.now() - timedelta(seconds=1))
    deliver.call(message.pk)
    message.refresh_from_db()


def test_an_sms_leaves_when_the_worker_comes_in_the_alphabet_of_telephones(gateway):
    Organisation(name="Club", portal_name="L’espace des forêts").save()
    assert text()
    assert gateway.received == []
    drain()
    [received] = gateway.received
    assert received["to"] == LEA
    assert (
        received["message"] == "L'espace des forets : 482913 est votre code de vérification. Ne le donnez à personne."
    )
    message = Message.objects.get()
    assert (message.channel, message.state, message.context, message.failure) == ("sms", "sent", {}, "")


def test_a_gateway_that_fails_is_asked_again_and_gets_the_same_message_under_the_same_name(gateway):
    gateway.answer = 503
    text()
    drain()
    message = Message.objects.get()
    assert (message.state, message.tries, message.failure) == ("waiting", 1, "refused")
    assert timezone.now() < message.next_at < timezone.now() + timedelta(minutes=1)

    gateway.answer = 200
    one_more_try(message)
    assert (message.state, message.failure) == ("sent", "")
    first, second = gateway.received
    assert first == second
    assert first["id"] == message.public_id


def test_a_gateway_that_answers_too_late_is_away_and_asked_again(gateway):
    gateway.is_late = True
    text()
    drain()
    message = Message.objects.get()
    assert (message.state, message.failure) == ("waiting", "server")


@pytest.mark.parametrize("way", ["hangs up", "is gone"])
def test_a_gateway_that_is_not_there_is_away(gateway, settings, way):
    gateway.is_hanging_up = True
    if way == "is gone":
        settings.SMS_URL = "json://127.0.0.1:9/?:to={to}"
    text()
    drain()
    assert Message.objects.get().failure == "server"


def test_a_gateway_that_refuses_for_ever_is_not_paid_for_ever(gateway):
    gateway.answer = 400
    text()
    drain()
    message = Message.objects.get()
    while message.state == "waiting":
        one_more_try(message)
    assert (message.state, message.context) == ("failed", {})
    assert len(gateway.received) == MOST_TRIES_OF_SMS


def test_a_code_that_is_over_does_not_leave(gateway):
    text(until=timezone.now() - timedelta(seconds=1))
    drain()
    assert gateway.received == []
    message = Message.objects.get()
    assert (message.state, message.failure, message.context) == ("failed", "late", {})


def test_what_is_undone_sends_nothing_and_counts_nothing(gateway):
    with transaction.atomic():
        text()
        transaction.set_rollback(True)
    drain()
    assert gateway.received == []
    assert not SmsCount.objects.exists()


def test_neither_number_nor_text_reaches_the_log(gateway, caplog):
    gateway.answer = 500
    text()
    drain()
    # pytest listens to every logger; the log, to those that pass their words on.
    log = "".join(record.getMessage() for record in caplog.records if logging.getLogger(record.name).propagate)
    assert "not sent" in log
    assert not any(word in log for word in (LEA, LEA[1:], "482913", "JSON"))


def test_the_demo_keeps_sms_for_its_page(settings, client):
    settings.SMS_URL = ""
    text()
    drain()
    message = Message.objects.get()
    assert message.state == "sent"
    assert "482913 est votre code" in message.text
    for address in ("/demo/courrier/", "/demo/courrier/?a=06+39+98+00+12", f"/demo/courrier/{message.public_id}/"):
        page = client.get(address).content.decode()
        assert "482913 est votre code" in page
        assert "06\u00a039\u00a098\u00a000\u00a012" in page
    assert "482913" not in client.get("/demo/courrier/?a=0639980013").content.decode()


def test_without_a_gateway_production_sends_none(settings):
    settings.SMS_URL, settings.IS_DEMO = "", False
    assert not sms.is_on()
    assert not text()
    assert not Message.objects.exists()


def test_in_production_nothing_of_the_text_is_kept(gateway, settings):
    settings.IS_DEMO = False
    assert sms.is_on()
    text()
    drain()
    assert len(gateway.received) == 1
    assert Message.objects.get().text == ""


@pytest.mark.parametrize("number", ["+33261914400", "+33899701234", "+32470123456", "+882161234567", "0639980012"])
def test_numbers_that_are_no_mobiles_of_these_countries_get_nothing(gateway, number):
    assert not sms.may_receive(number)
    assert not text(number)
    assert not Message.objects.exists()


def test_the_organisation_chooses_the_countries(gateway):
    Organisation(name="Club", sms_countries="BE").save()
    assert text("+32470123456")
    assert not text(LEA)


def test_a_country_that_is_none_is_refused_in_words():
    with pytest.raises(ValidationError, match="Inconnu"):
        Organisation(name="Club", sms_countries="FR Belgique")._meta.get_field("sms_countries").run_validators("FR ZZ")


def test_each_number_has_its_texts_of_the_day(gateway):
    Organisation(name="Club", sms_per_number_a_day=3).save()
    assert [text(at=NOON) for _ in range(4)] == [True, True, True, False]
    assert text(SACHA, at=NOON)
    assert text(at=NOON + timedelta(days=1))
    assert Message.objects.count() == 5


def test_each_account_has_its_own_whatever_the_numbers(gateway):
    Organisation(name="Club", sms_per_account_a_day=3).save()
    numbers = [f"+3363998002{last}" for last in range(4)]
    assert [text(number, at=NOON, account_id="a" * 32) for number in numbers] == [True, True, True, False]
    assert text(numbers[3], at=NOON, account_id="b" * 32)


def test_what_one_number_is_refused_is_not_taken_from_the_portal(gateway):
    Organisation(name="Club", sms_per_number_a_day=3, sms_per_day=4).save()
    assert [text(at=NOON) for _ in range(6)].count(True) == 3
    assert text(SACHA, at=NOON)
    assert not text(SACHA, at=NOON)


def test_the_organisation_is_told_once_when_the_day_is_spent(gateway, mailoutbox):
    Organisation(name="Club", sms_per_day=2, security_email="securite@example.org").save()
    assert [text(f"+3363998003{last}", at=NOON) for last in range(5)] == [True, True, False, False, False]
    drain()
    [mail] = mailoutbox
    assert mail.to == ["securite@example.org"]
    assert mail.subject == "Plus aucun SMS ne part aujourd’hui"
    assert "ses 2 SMS" in mail.body


def test_zero_a_day_turns_them_off(gateway):
    Organisation(name="Club", sms_per_day=0).save()
    assert not sms.is_on()
    assert not text()


def test_counters_go_after_two_days(gateway):
    text(at=timezone.now() - timedelta(days=4))
    text()
    forget_counts.call()
    assert {count.on for count in SmsCount.objects.all()} == {timezone.localdate()}


@pytest.mark.parametrize(
    ("url", "is_known"),
    [("", True), ("twilio://AC" + "a" * 32 + ":" + "b" * 32 + "@+33700000000/{to}", True), ("nosuch://a/{to}", False)],
)
def test_a_gateway_that_apprise_does_not_know_is_said_at_start(settings, url, is_known):
    settings.SMS_URL = url
    assert ("outbox.E001" not in [error.id for error in run_checks()]) is is_known


def test_whoever_installs_tries_their_gateway(gateway, capsys):
    call_command("try_sms", "06 39 98 00 12")
    assert "Taken by the gateway" in capsys.readouterr().out
    assert gateway.received[0]["to"] == LEA
    gateway.answer = 500
    with pytest.raises(CommandError, match="refused"):
        call_command("try_sms", "06 39 98 00 12")
    with pytest.raises(CommandError, match="not a mobile"):
        call_command("try_sms", "02 61 91 44 00")


@pytest.mark.parametrize("path", sorted(ROOT.glob("xpassfam/*/templates/*/sms/*.txt")), ids=lambda path: path.stem)
def test_every_text_fits_two_segments_whatever_the_portal_is_called(path):
    name = str(path).partition("/templates/")[2].removesuffix(".txt")
    Organisation(name="Club", portal_name="L’espace des familles du comité").save()
    context = {
        "code": "482913",
        "path": "/ce-n-etait-pas-moi/" + "a" * 43 + "/",
        "at": NOON,
        "host": "moncompte.example.org",
    }
    message = Message(template=name, to=LEA, channel="sms", context=context)
    assert segments(sms.compose(message).text) <= 2


def test_no_sms_is_misspelt_by_the_alphabet_of_telephones():
    """« ê » becomes « e » there: what we write has words that keep their accents."""
    written = {files.place(path): files.text(path) for path in files.templates() if "/sms/" in path.as_posix()}

    assert len(written) > 10
    lost = {
        place: [sign for sign in text if sign.isalpha() and as_sms(sign) != sign] for place, text in written.items()
    }
    assert {place: signs for place, signs in lost.items() if signs} == {}
