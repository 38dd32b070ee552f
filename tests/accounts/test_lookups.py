"""What a try to sign in asks, compiled once, finds what Django finds: the same objects, with every column."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, adult, code_for, sign_in, sign_up
from xpassfam.accounts import lookups, presence
from xpassfam.accounts.devices import Visitor
from xpassfam.accounts.models import Account, Device, KnownDevice, PendingSignUp, SignInTrouble
from xpassfam.journal.models import Line
from xpassfam.rules.identifiers import identify

pytestmark = pytest.mark.django_db
NUMBER = "ESF-2019-004812-K"


def columns(found):
    return found and {column.attname: getattr(found, column.attname) for column in found._meta.concrete_fields}


@pytest.fixture
def camille():
    someone = account(adult(member_number=NUMBER), email="camille@example.org", phone="+33639980001")
    account(adult("Karim Martin"), email="karim@example.org")
    return someone


@pytest.fixture
def browser(camille):
    """That Camille signed in on."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    assert sign_in(client, camille.email).status_code == 302
    return client


def who(client):
    cookies = client.cookies
    return Visitor(cookies["device"].value if "device" in cookies else "", "192.0.2.7", "Firefox, Windows")


@pytest.mark.parametrize("typed", ["camille@example.org", NUMBER])
def test_an_account_comes_with_its_person_and_the_device_it_knows(camille, browser, typed, django_assert_num_queries):
    now = timezone.now()
    with django_assert_num_queries(5):
        found = lookups.candidates(identify(typed), who(browser), at=now)
        name = found.account.person.last_name

    assert name == "Martin"
    assert columns(found.account) == columns(Account.objects.get(pk=camille.pk))
    assert columns(found.account.person) == columns(camille.person)
    assert columns(found.device) == columns(Device.objects.get())
    assert columns(found.known) == columns(KnownDevice.objects.get(account=camille))
    assert columns(lookups.last_known(camille)) == columns(found.known)


@pytest.mark.parametrize("typed", ["nobody@example.org", "ESF-2019-999999-X", ""])
def test_nobody_costs_the_same_and_finds_nothing(camille, browser, typed, django_assert_num_queries):
    with django_assert_num_queries(5):
        found = lookups.candidates(identify(typed), who(Client()), at=timezone.now())

    assert (found.account, found.device, found.known, found.unlock, found.pendings) == (None, None, None, None, [])


def test_staff_have_no_person(camille):
    staff = account(role="agent", email="agent@example.org")

    found = lookups.candidates(identify(staff.email), who(Client()), at=timezone.now())

    assert found.account == staff
    assert found.account.person is None


def test_sign_ups_that_wait_come_last_first():
    someone = adult(member_number=NUMBER)
    proof = {"member_number": NUMBER, "activation_code": code_for(someone)}
    for password in ("girafe-lavande-tambour-7", "lavande-tambour-girafe-8"):
        sign_up(Client(), "camille@example.org", password=password, **proof)

    found = lookups.candidates(identify("camille@example.org"), who(Client()), at=timezone.now())

    assert [columns(one) for one in found.pendings] == [
        columns(one) for one in PendingSignUp.objects.order_by("-created_at")
    ]
    assert len(found.pendings) == 2


def test_the_last_tries_come_with_their_words(camille, browser):
    browser.post("/deconnexion/")
    for password in ("faux-faux-faux", "girafe-lavande-tambour-7"):
        sign_in(browser, camille.email, password)
    now = timezone.now()

    [last, missed, first] = presence.last_sign_ins(camille, at=now)

    assert {one["label"] for one in (last, missed, first)} == {"Firefox, Windows"}
    assert (last["outcome"], missed["outcome"]) == ("in", "missed")
    assert missed["at"] == SignInTrouble.objects.get().last_at.isoformat()
    assert last["at"] == Line.objects.filter(account=camille.public_id).latest("at").at.isoformat()
