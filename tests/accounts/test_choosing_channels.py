"""Where to be told what: by e-mail, by SMS; what the law wants told, and security, always."""

import pytest
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import received
from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models import ContactChoices
from xpassfam.accounts.models.channels import Subject
from xpassfam.journal.models import Line
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/securite/messages/"
ALL_BY_EMAIL = {f"email_{one}": "on" for one in Subject.values}


@pytest.fixture
def someone(client):
    someone = account(phone="+33639980012", phone_verified_at=timezone.now())
    sign_in(client, someone.email)
    received()
    return someone


def told(someone, subject: Subject | None) -> tuple[int, list[str]]:
    """How many mails, and the texts, that news of this subject brings."""
    Message.objects.all().delete()
    tell(someone.person, "accounts/mail/welcome", at=timezone.now(), context={}, subject=subject)
    mails = received()
    return len(mails), [message.text for message in Message.objects.filter(channel="sms")]


def test_at_first_everything_comes_by_mail_and_nothing_by_sms(someone):
    for subject in (None, *Subject):
        assert told(someone, subject) == (1, [])


def test_what_is_chosen_is_what_comes(client, someone):
    Organisation(name="Club", portal_name="Mon espace").save()
    chosen = ALL_BY_EMAIL | {"sms_requests": "on"}
    del chosen["email_reminders"]
    client.post(PAGE, chosen)
    assert told(someone, Subject.REMINDERS) == (0, [])
    assert told(someone, Subject.RIGHTS) == (1, [])
    assert told(someone, Subject.REQUESTS) == (
        1,
        ["Mon espace : du nouveau dans votre espace, à propos de vos démarches."],
    )
    assert Line.objects.filter(kind="accounts.channels_chosen").count() == 1


def test_the_page_comes_back_as_it_was_chosen(client, someone):
    client.post(PAGE, {"sms_rights": "on"})
    page = client.get(PAGE).content.decode()
    assert page.count("checked") == 1


def test_acknowledgements_and_decisions_come_by_mail_whatever_is_sent(client, someone):
    client.post(PAGE, {})
    page = client.get(PAGE).content.decode()
    assert "email_requests" not in page
    assert told(someone, Subject.REQUESTS) == (1, [])
    assert told(someone, Subject.HOME) == (1, [])
    assert told(someone, None) == (1, [])
    assert told(someone, Subject.PAYMENTS) == (0, [])


def test_a_subject_is_one_text_a_day(client, someone):
    client.post(PAGE, {"sms_requests": "on", "sms_rights": "on"})
    assert len(told(someone, Subject.REQUESTS)[1]) == 1
    assert told(someone, Subject.REQUESTS) == (1, [])
    assert len(told(someone, Subject.RIGHTS)[1]) == 1


def test_without_a_verified_number_no_sms_is_offered_or_sent(client):
    someone = account(phone="+33639980012")
    sign_in(client, someone.email)
    assert "sms_requests" not in client.get(PAGE).content.decode()
    client.post(PAGE, {"sms_requests": "on"})
    ContactChoices.objects.update(by_sms=["requests"])
    received()
    assert told(someone, Subject.REQUESTS) == (1, [])
