"""Known, unknown, closed, blocked, not activated: the same work, the same answer."""

import re
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account, adult
from xpassfam.accounts import dummies, throttle
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import PasswordReset, PendingSignUp, SignInTrouble, Throttle
from xpassfam.accounts.pipeline import password_tag
from xpassfam.help import shelf
from xpassfam.jobs.worker import drain
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import Organisation, current
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db

PENDING_PASSWORD = "canot-brume-tuile-41"
WHO = {
    "known": "known@example.org",
    "unknown": "nobody@example.org",
    "closed": "closed@example.org",
    "blocked": "blocked@example.org",
    "unactivated": "waiting@example.org",
    "known number": "ESF-2019-004812-K",
    "unknown number": "ESF-2019-000001-A",
}


@pytest.fixture(autouse=True)
def _accounts():
    dummies.prepare()
    Organisation(portal_failures_per_minute=10_000).save()
    account(adult(member_number="ESF-2019-004812-K"), email="known@example.org")
    account(adult("Karim Benali"), email="closed@example.org", closed_at=timezone.now())
    account(adult("Linh Nguyen"), email="blocked@example.org", blocked_at=timezone.now())
    sign_up(Client(), "waiting@example.org", adult("Yann Le Goff", member_number="ESF-2020-000007-B"))


def sign_up(client, email, someone=None, *, code="", number="ESF-2020-000007-B"):
    if someone is not None:
        code = activation_codes.issue(someone, by=Actor(kind="system"), at=timezone.now())
    return client.post(
        "/inscription/",
        {
            "last_name": "Le Goff",
            "first_name": "Yann",
            "email": email,
            "proof": "code",
            "member_number": number,
            "activation_code": code,
            "password": PENDING_PASSWORD,
        },
    )


def masked(body: str) -> str:
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", body)
    for value in WHO.values():
        body = body.replace(value, "WHO")
    return re.sub(r"[0-9a-f]{32}|\d+ h \d\d", "X", body)


_addresses = count(1)


def attributes(cookie):
    """All but the instant of its end, which `max-age` tells."""
    return ((name, value) for name, value in cookie.items() if name != "expires")


def observe(work, do):
    """Everything an outsider or a database could compare."""
    # Of all unknown devices: the first of a minute makes its row, whoever it guesses at.
    throttle.reserve(throttle.portal(10_000), "", at=timezone.now())
    dummies.prepare()
    work.clear()
    current()
    shelf.articles()
    client = Client(REMOTE_ADDR=f"203.0.113.{next(_addresses)}")
    before = [m.objects.count() for m in (Throttle, PendingSignUp, PasswordReset, SignInTrouble, Message)]
    with CaptureQueriesContext(connection) as queries:
        response = do(client)
    after = [m.objects.count() for m in (Throttle, PendingSignUp, PasswordReset, SignInTrouble, Message)]
    return {
        "hashes": dict(work),
        "queries": len(queries),
        "rows": [b - a for a, b in zip(before, after, strict=True)],
        "status": response.status_code,
        "headers": sorted((k, len(v)) for k, v in response.headers.items() if k != "Content-Length"),
        "cookies": sorted((k, len(v.value), sorted(attributes(v))) for k, v in response.cookies.items()),
        "body": masked(response.content.decode()),
    }


def same(observations):
    first, *others = observations.items()
    for name, seen in others:
        for what, value in seen.items():
            assert value == first[1][what], f"{what} differs between {first[0]} and {name}"


def a_wrong_password():
    """One that a waiting sign-up's eight bits don't take for its own: one in 256 is verified twice."""
    waiting = PendingSignUp.objects.get()
    guesses = (f"pas-le-bon-du-tout-{n}" for n in count())
    return next(guess for guess in guesses if password_tag(waiting.public_id, guess) != waiting.password_tag)


@pytest.mark.parametrize("kind", ["", " number"])
def test_a_wrong_password_costs_and_says_the_same_for_all(hashing_work, kind):
    wrong = a_wrong_password()

    def attempt(identifier):
        return lambda client: client.post("/connexion/", {"username": identifier, "password": wrong})

    names = [n for n in WHO if n.endswith(" number") == bool(kind)]
    same({name: observe(hashing_work, attempt(WHO[name])) for name in names})


def test_a_pause_comes_and_looks_the_same_for_all():
    for name in ("unknown", "known", "closed"):
        client = Client(REMOTE_ADDR=f"203.0.113.{len(name)}")
        seen = [
            client.post("/connexion/", {"username": WHO[name], "password": "pas-le-bon"}).status_code for _ in range(7)
        ]
        assert seen == [200, 200, 200, 200, 429, 429, 429], name


def test_asking_for_a_new_password_costs_and_says_the_same_for_all(hashing_work):
    def ask(identifier):
        return lambda client: client.post("/mot-de-passe/oublie/", {"username": identifier})

    same({n: observe(hashing_work, ask(WHO[n])) for n in ("known", "unknown", "closed", "blocked")})
    same({n: observe(hashing_work, ask(WHO[n])) for n in ("known number", "unknown number")})


def test_signing_up_costs_and_says_the_same_whatever_comes_of_it(hashing_work):
    new = adult("Maëlle Le Goff", member_number="ESF-2020-000008-C")
    good = activation_codes.issue(new, by=Actor(kind="system"), at=timezone.now())
    # Both numbers have been tried this hour: what is counted of a number is made by whoever comes first.
    sign_up(Client(), "first@example.org", code="K7QF-2M9TXV", number="ESF-2020-000008-C")
    outcomes = {
        "right": lambda c: sign_up(c, "new@example.org", code=good, number="ESF-2020-000008-C"),
        "wrong proof": lambda c: sign_up(c, "nobody2@example.org", code="K7QF-2M9TXV"),
        "taken": lambda c: sign_up(c, "known@example.org", code=good, number="ESF-2020-000008-C"),
        "taken, wrong proof": lambda c: sign_up(c, "blocked@example.org", code="K7QF-2M9TXV"),
    }
    seen = {name: observe(hashing_work, do) for name, do in outcomes.items()}
    same(seen)


def test_the_right_password_of_a_waiting_sign_up_leads_to_its_page_even_where_the_address_is_taken():
    known = adult("Maëlle Le Goff", member_number="ESF-2020-000008-C")
    sign_up(Client(), "known@example.org", known, number="ESF-2020-000008-C")
    for email in ("waiting@example.org", "known@example.org"):
        response = Client().post("/connexion/", {"username": email, "password": PENDING_PASSWORD})
        assert response.status_code == 302, email


@pytest.mark.parametrize("kind", ["", " number"])
def test_a_paused_try_costs_and_says_the_same_for_all(hashing_work, kind, time_machine):
    time_machine.move_to("2027-01-11 08:00:00Z", tick=False)

    wrong = a_wrong_password()

    def attempt(identifier):
        return lambda client: client.post("/connexion/", {"username": identifier, "password": wrong})

    names = [n for n in WHO if n.endswith(" number") == bool(kind)]
    for turn in range(7):
        seen = {name: observe(hashing_work, attempt(WHO[name])) for name in names}
        assert {s["status"] for s in seen.values()} == {200 if turn < 4 else 429}
        same(seen)


def test_asking_which_address_costs_and_says_the_same_for_all(hashing_work):
    def ask(identifier):
        return lambda client: client.post("/connexion/adresse/", {"username": identifier})

    same({n: observe(hashing_work, ask(WHO[n])) for n in ("known", "unknown", "closed", "blocked")})
    same({n: observe(hashing_work, ask(WHO[n])) for n in ("known number", "unknown number")})


def test_asking_for_a_pass_costs_and_says_the_same_for_all(hashing_work):
    def ask(identifier):
        return lambda client: client.post("/connexion/deblocage/", {"username": identifier})

    for _ in range(4):
        same({n: observe(hashing_work, ask(WHO[n])) for n in WHO if not n.endswith(" number")})
        same({n: observe(hashing_work, ask(WHO[n])) for n in WHO if n.endswith(" number")})


def test_asking_again_for_a_password_is_absorbed_the_same_for_all(hashing_work):
    def ask(identifier):
        return lambda client: client.post("/mot-de-passe/oublie/", {"username": identifier})

    for _ in range(3):
        same({n: observe(hashing_work, ask(WHO[n])) for n in ("known", "unknown", "closed", "blocked", "unactivated")})


def outcomes():
    """A waiting page for each thing that can come of a sign-up."""
    new = adult("Maëlle Le Goff", member_number="ESF-2020-000008-C")
    good = activation_codes.issue(new, by=Actor(kind="system"), at=timezone.now())
    asked = {
        "right": sign_up(Client(), "new@example.org", code=good, number="ESF-2020-000008-C"),
        "wrong proof": sign_up(Client(), "nobody2@example.org", code="K7QF-2M9TXV"),
        "taken": sign_up(Client(), "known@example.org", code=good, number="ESF-2020-000008-C"),
    }
    return {name: response.headers["Location"] for name, response in asked.items()}


def without_addresses(seen):
    for one in seen.values():
        one["body"] = re.sub(r"[\w.]+@example\.org|\b[a-z2-7]{26}\b", "WHO", one["body"])
    return seen


def test_the_waiting_page_and_what_is_done_there_are_the_same_whatever_comes_of_it(hashing_work, time_machine):
    time_machine.move_to("2027-01-11 08:00:00Z", tick=False)
    pages = outcomes()
    steps = {
        "look": lambda page: lambda client: client.get(page),
        "state": lambda page: lambda client: client.get(f"{page}etat/"),
        "wrong digits": lambda page: lambda client: client.post(page, {"code": "000000"}),
        "too early": lambda page: lambda client: client.post(f"{page}renvoi/"),
        "address": lambda page: lambda client: client.get(f"{page}adresse/"),
    }
    for do in steps.values():
        same(without_addresses({name: observe(hashing_work, do(page)) for name, page in pages.items()}))
    for _ in range(4):
        time_machine.shift(130)
        same(without_addresses({name: observe(hashing_work, steps["too early"](page)) for name, page in pages.items()}))
    for name, page in pages.items():
        correct = {"email": f"{name.replace(' ', '')}@example.org"}
        pages[name] = (page, correct)
    same(
        without_addresses(
            {
                name: observe(hashing_work, lambda c, p=page, e=email: c.post(f"{p}adresse/", e))
                for name, (page, email) in pages.items()
            }
        )
    )


def test_messages_that_were_used_up_by_others_do_not_show_on_the_waiting_page(hashing_work, time_machine):
    """An address with an account and one without, and somebody who spends the messages of wrong proofs at both."""
    time_machine.move_to("2027-01-11 08:00:00Z", tick=False)
    new = adult("Maëlle Le Goff", member_number="ESF-2020-000008-C")
    good = activation_codes.issue(new, by=Actor(kind="system"), at=timezone.now())
    pages = {}
    for email in ("known@example.org", "nobody2@example.org"):
        mine = sign_up(Client(), email, code=good, number="ESF-2020-000008-C")
        for _ in range(3):
            sign_up(Client(), email, number="ESF-2020-000009-D", code="K7QF-2M9TXV")
        pages[email] = mine.headers["Location"]
    drain()
    for page in pages.values():
        for _ in range(2):
            Client().post(page, {"code": "000000", "password": PENDING_PASSWORD})
    time_machine.shift(130)

    def then(step):
        seen = without_addresses({name: observe(hashing_work, step(page)) for name, page in pages.items()})
        drain()
        same(seen)

    then(lambda page: lambda client: client.post(f"{page}renvoi/"))
    then(lambda page: lambda client: client.post(page, {"code": "000000", "password": PENDING_PASSWORD}))
    then(lambda page: lambda client: client.get(page))


def test_signing_up_again_does_not_tell_on_the_first_page_what_the_proof_was_worth(hashing_work):
    new = adult("Maëlle Le Goff", member_number="ESF-2020-000008-C")
    good = activation_codes.issue(new, by=Actor(kind="system"), at=timezone.now())
    pages = {}
    for name, typed in (("right", good), ("wrong", "K7QF-2M9TXV")):
        client = Client()
        asked = [sign_up(client, f"{name}@example.org", code=typed, number="ESF-2020-000008-C") for _ in range(2)]
        drain()
        pages[name] = asked[0].headers["Location"]
    steps = [
        lambda page: lambda client: client.get(page),
        lambda page: lambda client: client.post(page, {"code": "000000"}),
        lambda page: lambda client: client.post(f"{page}renvoi/"),
    ]
    for step in steps:
        same(without_addresses({name: observe(hashing_work, step(page)) for name, page in pages.items()}))
