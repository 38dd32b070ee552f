"""A browser is known by its own cookie only; its address by the proxies that we trust."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from tests.accounts.factories import NOW, account, sign_in
from xpassfam.accounts import devices, tokens
from xpassfam.accounts.models import Device, KnownDevice

pytestmark = pytest.mark.django_db
FIREFOX = {"user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def visitor(**headers):
    return devices.visitor(RequestFactory().get("/", **headers))


def test_a_browser_without_cookie_is_not_taken_for_one_that_has_just_come():
    account(email="camille@example.org")
    account(email="karim@example.org")
    first, second = Client(), Client()
    sign_in(first, "camille@example.org")
    sign_in(second, "karim@example.org")
    assert Device.objects.count() == 2
    assert devices.find(visitor(), at=Device.objects.latest("created_at").created_at) is None
    first.post("/deconnexion/")
    sign_in(first, "camille@example.org")
    assert Device.objects.count() == 2


def test_a_shared_computer_is_known_to_each_person_who_signed_in_there(client):
    for email in ("camille@example.org", "karim@example.org"):
        account(email=email)
        sign_in(client, email)
        client.post("/deconnexion/")
    assert Device.objects.count() == 1
    assert KnownDevice.objects.count() == 2


def test_the_replaced_cookie_is_good_for_a_minute_for_pages_that_cross():
    device = Device.objects.create(
        digest=tokens.digest("n" * 43), previous_digest=tokens.digest("o" * 43), rotated_at=NOW, created_at=NOW
    )
    old = devices.Visitor(cookie="o" * 43, address="", label="")
    assert devices.find(old, at=NOW + timedelta(seconds=59)) == device
    assert devices.find(old, at=NOW + timedelta(seconds=60)) is None


def test_no_cookie_can_be_read_in_the_table(client):
    account(email="camille@example.org")
    cookie = sign_in(client, "camille@example.org").cookies["device"].value
    assert cookie not in str(list(Device.objects.values()))


@pytest.mark.parametrize("cookie", ["", "short", "x" * 101])
def test_a_cookie_that_is_not_one_of_ours_is_none(cookie):
    request = RequestFactory().get("/")
    request.COOKIES["device"] = cookie
    assert devices.visitor(request).cookie == ""


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.66, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.66, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.66,, 198.51.100.7 ,", "198.51.100.7"),
        (1, "not an address", "unknown"),
        (1, "198.51.100.7:51234", "198.51.100.7"),
        (1, "[2001:db8:1:2:3::4]:51234", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_what_the_last_trusted_proxy_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert visitor(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded).address == address


def test_the_operator_may_name_a_header_that_no_visitor_can_write(settings):
    settings.TRUSTED_PROXIES, settings.VISITOR_ADDRESS_HEADER = 1, "VisitorAddress"
    written = {"HTTP_VISITORADDRESS": "198.51.100.7", "HTTP_X_FORWARDED_FOR": "203.0.113.66"}
    assert visitor(REMOTE_ADDR="192.0.2.1", **written).address == "198.51.100.7"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_home_counts_as_one_address(typed, address):
    assert visitor(REMOTE_ADDR=typed).address == address


@pytest.mark.parametrize(
    ("header", "label"),
    [
        (FIREFOX["user-agent"], "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", ""),
        ("\x00" * 5000, ""),
    ],
)
def test_a_device_is_named_in_plain_words(header, label):
    assert devices.label(header) == label
