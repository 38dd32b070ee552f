"""What only the settings of production do: TLS for ever, cookies of this host alone, no other name answered to."""

import pytest

from tests.accounts.in_production import SETTINGS


@pytest.fixture
def production(portal):
    def runs(what: str) -> bool:
        code = f"from tests.accounts.in_production import run; run('{what}')"
        return portal.start("shell", "-v0", "-c", code, **SETTINGS).wait(120) == 0

    return runs


def test_every_cookie_is_of_this_host_alone_and_every_answer_asks_for_tls_from_now_on(production):
    assert production("cookies_are_ours_alone")


def test_no_other_name_is_answered_to(production):
    assert production("no_host_but_ours")


def test_links_lead_to_the_configured_address_whatever_a_request_says(production):
    assert production("links_lead_to_us")
