"""A telephone: nothing goes there before its owner has copied the code that it got."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import received
from xpassfam.accounts.actions import phones
from xpassfam.accounts.models import Account, PhoneChange
from xpassfam.journal.models import Line
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/securite/telephone/"
CODE = f"{PAGE}code/"
NUMBER = "+33639980012"


@pytest.fixture
def someone(client):
    someone = account()
    sign_in(client, someone.email)
    return someone


def texts(template: str = "accounts/sms/phone_code"):
    return Message.objects.filter(channel="sms", template=template).order_by("pk")


def verified(someone: Account, number: str = NUMBER) -> Account:
    someone.phone, someone.phone_verified_at = number, timezone.now()
    someone.save()
    return someone


def test_a_number_is_theirs_once_its_code_is_copied(client, someone):
    assert client.post(PAGE, {"phone": "06 39 98 00 12"}).headers["Location"] == CODE
    page = client.get(CODE).content.decode()
    assert "06\u00a039\u00a098\u00a000\u00a012" in page
    assert 'autocomplete="one-time-code"' in page
    someone.refresh_from_db()
    assert someone.verified_phone == ""

    code = texts().get().context["code"]
    client.post(CODE, {"code": f"{code[:3]} {code[3:]}"})
    someone.refresh_from_db()
    assert someone.verified_phone == NUMBER
    assert "Votre numéro est vérifié." in client.get("/mon-compte/securite/").content.decode()


def test_the_text_names_the_portal_and_is_bound_to_its_origin(client, someone):
    Organisation(name="Club", portal_name="Mon espace").save()
    client.post(PAGE, {"phone": NUMBER})
    code = texts().get().context["code"]
    received()
    text = texts().get().text
    assert text.startswith(f"Mon espace : code {code}, pour")
    assert "Ne le donnez à personne. Nous ne le demandons jamais." in text
    assert text.endswith(f"\n\n@localhost #{code}")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("02 61 91 44 00", "vers des mobiles"),
        ("0899 70 12 34", "vers des mobiles"),
        ("+32 470 12 34 56", "vers des mobiles"),
        ("06 39", "pas complet"),
        ("", "Écrivez votre numéro"),
    ],
)
def test_what_takes_no_text_is_said_and_stays_in_the_field(client, someone, typed, told):
    page = client.post(PAGE, {"phone": typed})
    assert told in page.content.decode()
    assert f'value="{typed}"' in page.content.decode() or not typed
    assert not texts().exists()


def test_five_wrong_codes_and_the_right_one_is_too_late(client, someone):
    client.post(PAGE, {"phone": NUMBER})
    code = texts().get().context["code"]
    wrong = "000000" if code != "000000" else "111111"
    said = [client.post(CODE, {"code": wrong}).content.decode() for _ in range(5)]
    assert "Il reste 4 essais" in said[0]
    assert "Il reste 1 essai." in said[3]
    assert "Demandez-en un autre" in said[4]
    client.post(CODE, {"code": code})
    someone.refresh_from_db()
    assert someone.verified_phone == ""


def test_after_ten_minutes_another_code_is_needed(client, someone):
    client.post(PAGE, {"phone": NUMBER})
    code = texts().get().context["code"]
    with time_machine.travel(timezone.now() + timedelta(minutes=9, seconds=59), tick=False):
        assert client.get(CODE).status_code == 200
    with pytest.raises(phones.WrongCode):
        phones.verify(someone, code, device="", at=timezone.now() + timedelta(minutes=10))


def test_another_code_leaves_after_a_minute_and_replaces_the_first(client, someone):
    client.post(PAGE, {"phone": NUMBER})
    client.post(f"{CODE}envoi/")
    assert texts().count() == 1
    PhoneChange.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    client.post(f"{CODE}envoi/")
    first, second = (text.context["code"] for text in texts())
    if first != second:
        client.post(CODE, {"code": first})
        someone.refresh_from_db()
        assert someone.verified_phone == ""
    client.post(CODE, {"code": second})
    someone.refresh_from_db()
    assert someone.verified_phone == NUMBER


def test_six_codes_an_hour_whatever_the_numbers(client, someone):
    for last in range(6):
        assert client.post(PAGE, {"phone": f"+3363998002{last}"}).status_code == 302
    page = client.post(PAGE, {"phone": "+33639980026"}).content.decode()
    assert "Trop de codes sont partis" in page
    assert texts().count() == 6


def test_when_the_day_s_texts_are_spent_the_page_says_so(client, someone):
    Organisation(name="Club", sms_per_number_a_day=3).save()
    for _ in range(3):
        client.post(PAGE, {"phone": NUMBER})
        PhoneChange.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    page = client.post(PAGE, {"phone": NUMBER}).content.decode()
    assert "Aucun SMS ne peut partir" in page


def test_one_code_verifies_one_number_only(client, someone):
    """The code of one's own telephone does not make somebody else's one's own."""
    client.post(PAGE, {"phone": NUMBER})
    code = texts().get().context["code"]
    client.post(PAGE, {"phone": "+33639980099"})
    client.post(CODE, {"code": code})
    someone.refresh_from_db()
    assert someone.verified_phone == ""


def test_a_change_is_told_to_the_mailbox_to_the_old_number_and_to_the_new(client, someone):
    verified(someone, "+33639980077")
    client.post(PAGE, {"phone": NUMBER})
    client.post(CODE, {"code": texts().get().context["code"]})
    assert {text.to for text in texts("accounts/sms/phone_changed")} == {"+33639980077", NUMBER}
    [mail] = [mail for mail in received() if "téléphone" in mail.subject]
    assert mail.to == [someone.email]
    assert "/ce-n-etait-pas-moi/" in mail.body
    assert "0012" not in mail.body.replace("\u00a0", "")
    assert Line.objects.filter(kind="accounts.phone_changed", account=someone.public_id).count() == 1


def test_a_number_is_removed_and_its_codes_with_it(client, someone):
    verified(someone)
    someone.second_step_sms = True
    someone.save()
    assert "Les codes de connexion par SMS" in client.get(f"{PAGE}retrait/").content.decode()
    client.post(f"{PAGE}retrait/")
    someone.refresh_from_db()
    assert (someone.phone, someone.verified_phone, someone.second_step_sms) == ("", "", False)
    assert [text.to for text in texts("accounts/sms/phone_changed")] == [NUMBER]


def test_a_number_that_was_only_typed_gets_no_code_of_sign_in(client):
    someone = account(phone=NUMBER, second_step_sms=True)
    assert sign_in(client, someone.email).headers["Location"] == "/mon-compte/"


def test_without_sms_there_is_no_page(client, someone, settings):
    settings.IS_DEMO, settings.SMS_URL = False, ""
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/mon-compte/securite/").content.decode()
