"""Attackers with many hands, against two processes: what serves once serves once, what is counted is exact, nobody is
let in and no owner is kept out."""

import pytest

from tests.accounts.attackers import EMAIL

STEP = "/connexion/deuxieme-etape/"
ADDRESSES, ACCOUNTS = 50, 200
SESSIONS = "SELECT count(*) FROM accounts_session"


@pytest.fixture
def sessions(rivals):
    """How many sessions were opened since the test began."""
    [(before,)] = rivals.portal.sql(SESSIONS)
    return lambda: rivals.portal.sql(SESSIONS)[0][0] - before


def test_of_forty_wrong_codes_at_once_five_are_judged(rivals, sessions):
    waiting = rivals.call("second_steps_of", email="forty@example.org", member_number="ESF-2022-000001-A", browsers=1)
    [cookie] = waiting["cookies"]
    right = rivals.call("begin_step", cookie=cookie)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    rivals.post([(f"{STEP}?methode=email", {"code": wrong}, cookie)] * 40)
    assert rivals.portal.sql("SELECT tries FROM accounts_sentcode ORDER BY id DESC LIMIT 1") == [(5,)]
    rivals.post([(f"{STEP}?methode=email", {"code": right}, cookie)])
    assert sessions() == 0


@pytest.mark.parametrize("method", ["totp", "recovery", "email"])
def test_a_right_code_sent_many_times_at_once_opens_one_session(rivals, sessions, method):
    number = {"totp": "2", "recovery": "3", "email": "4"}[method]
    browsers = 1 if method == "email" else 2  # what is mailed serves one sign-in; the others, whoever has the password
    member = f"ESF-2022-00000{number}-A"
    waiting = rivals.call("second_steps_of", email=f"{method}@example.org", member_number=member, browsers=browsers)
    right = waiting.get(method) or rivals.call("begin_step", cookie=waiting["cookies"][0])
    field = "recovery_code" if method == "recovery" else "code"
    asked = [(f"{STEP}?methode={method}", {field: right}, cookie) for cookie in waiting["cookies"]]
    rivals.post(asked * (8 // browsers))
    assert sessions() == 1


def test_a_signed_challenge_sent_many_times_at_once_opens_one_session(rivals, sessions):
    form = rivals.call("ask_key", email="key@example.org", member_number="ESF-2022-000005-A")
    statuses, _ = rivals.post([("/connexion/cle/", form)] * 8)
    assert sorted(statuses) == [200] * 7 + [302]
    assert sessions() == 1


def guesses(number: int, *, first: int = 0) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """By e-mail and number in turn, over all accounts, from all addresses."""
    made = []
    for turn in range(first, first + number):
        victim = turn % ACCOUNTS
        by_number = (turn // ACCOUNTS) % 2
        identifier = f"ESF-2021-{victim:06d}-A" if by_number else EMAIL.format(number=victim)
        typed = {"username": identifier, "password": f"pas-le-bon-{turn}"}
        made.append(("/connexion/", typed, {"address": f"203.0.113.{turn % ADDRESSES}"}))
    return made


@pytest.fixture(scope="module")
def devices(rivals):
    return rivals.call("open_many", number=ACCOUNTS)


@pytest.mark.parametrize(
    ("day", "hours", "each_hour"),
    [("2027-01-11", 2, 300), pytest.param("2027-01-18", 10, 1000, marks=pytest.mark.heavy)],
    ids=["600", "10,000"],
)
def test_guesses_at_two_hundred_accounts_from_fifty_addresses_open_none_and_keep_no_owner_out(
    rivals, sessions, devices, day, hours, each_hour
):
    looked_at = 0
    for hour in range(hours):
        rivals.each("jump", to=f"{day}T12:00:01+00:00", hours=hour)
        statuses, work = rivals.post(guesses(each_hour, first=hour * each_hour))
        assert 302 not in statuses
        looked_at += work["verify"]
    assert sessions() == 0
    # Sixty failures a minute are ordinary for the portal; a slow machine takes some minutes to ask.
    assert 0 < looked_at <= hours * 60 * 5
    answers = rivals.call("owners_enter", devices=devices)
    devices[:] = [cookie for _, cookie in answers]
    assert [status for status, _ in answers] == [302] * ACCOUNTS
    assert sessions() == ACCOUNTS
    rivals.portal.sql("DELETE FROM accounts_session")
