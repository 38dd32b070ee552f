"""What a stranger with a clock learns: sign-in, sign-up and reset for known, unknown, closed, not activated."""

import random
from collections.abc import Callable, Iterator
from itertools import count
from time import perf_counter

from django.utils import timezone

from benchmarks import families
from benchmarks.browser import Browser, address_of
from benchmarks.comparing import Comparison, compare
from benchmarks.effort import Effort
from benchmarks.families import WRONG_PASSWORD
from benchmarks.figures import Figure, Verdict
from benchmarks.server import Servers
from xpassfam.accounts.actions import activation_codes
from xpassfam.journal.actions import Actor
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import check_character

LEAKING = "benchmarks.leaking:application"
WARM_UP = 40
WRONG_CODE = "K7QF2M9TX" + check_character("K7QF2M9TX")
_strangers = count(1)

Try = Callable[[Browser], int]
ANSWERS = {"sign-in": 200, "reset": 200, "sign-up": 302}
# Visitors by kind; each kind is compared to the first.
Act = dict[str, list[Try]]


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    runs = effort.runs if effort.is_judged else 1
    for name, rows in (("sign-in", _sign_ins), ("reset", _resets), ("sign-up", _sign_ups)):
        yield from _judge(servers.portal.port, name, rows, effort, runs)
    if effort.planted_pairs:
        with servers.serving(LEAKING) as leaking:
            yield _self_check(leaking.port, effort)


def _judge(port: int, name: str, rows: Callable[[int], list[Act]], effort: Effort, runs: int) -> Iterator[Figure]:
    """Red only where each of several runs is: a busy machine makes one of them look so."""
    red_in: dict[str, int] = {}
    last: dict[str, Comparison] = {}
    for run in range(runs):
        for act in rows(effort.pairs + min(WARM_UP, effort.pairs)):
            for kind, comparison in _compare(port, act, ANSWERS[name], warm_up=min(WARM_UP, effort.pairs)).items():
                last[kind] = comparison
                red_in[kind] = red_in.get(kind, 0) + comparison.is_red
        if max(red_in.values()) <= run:
            break
    for kind, comparison in last.items():
        verdict = Verdict.SHORT if red_in[kind] == runs else Verdict.GOOD
        times = f"{run + 1} run{'s' * bool(run)}, red in {red_in[kind]}" if run else "1 run"
        detail = f"median {comparison.middle}; lower quartile {comparison.lower}; {times}"
        value = f"{comparison.ratio:.3f}"
        yield Figure("timing", f"{name}: {kind}", value, "no gap", detail, verdict)


def _self_check(port: int, effort: Effort) -> Figure:
    act = _sign_ins(effort.planted_pairs + WARM_UP)[0]
    rivals = {kind: act[kind] for kind in ("unknown", "known")}
    [comparison] = _compare(port, rivals, ANSWERS["sign-in"], warm_up=WARM_UP).values()
    verdict = Verdict.GOOD if comparison.is_red else Verdict.SHORT
    ratio = f"{comparison.ratio:.2f}"
    detail = f"median {comparison.middle}; lower quartile {comparison.lower}; without it, the lines above prove nothing"
    return Figure("timing", "a planted second hash is seen", ratio, "a gap", detail, verdict)


def _compare(port: int, act: Act, answer: int, *, warm_up: int) -> dict[str, Comparison]:
    """Each round asks once for every kind, in a random order, over one connection; the first rounds don't count."""
    browser = Browser(port)
    order = list(act)
    times: dict[str, list[float]] = {kind: [] for kind in act}
    for n in range(len(act[order[0]])):
        random.shuffle(order)
        for kind in order:
            browser.forget()
            browser.address = address_of(next(_strangers))
            began = perf_counter()
            status = act[kind][n](browser)
            times[kind].append((perf_counter() - began) * 1000)
            assert status == answer, f"{kind}: {status} instead of {answer}"
    first, *others = act
    counted = {kind: waited[warm_up:] for kind, waited in times.items()}
    return {f"{kind} ÷ {first}": compare(counted[first], counted[kind]) for kind in others}


def _sign_ins(number: int) -> list[Act]:
    """Everybody gives a wrong password, each identifier once: nobody comes near a pause."""

    def tries(identifiers: Iterator[str]) -> list[Try]:
        return [
            lambda browser, typed=typed: browser.post("/connexion/", {"username": typed, "password": WRONG_PASSWORD})[0]
            for typed in identifiers
        ]

    known = families.accounts(number, size=1)
    by_email = {
        "unknown": tries(families.new_address() for _ in range(number)),
        "known": tries(account.email for account in known),
        "closed": tries(account.email for account in families.accounts(number, closed_at=timezone.now())),
        "not activated": tries(sign_up.email for sign_up in families.sign_ups(number)),
    }
    by_number = {
        "unknown number": tries(f"ESF-2020-{n:06}-K" for n in range(number)),
        "known number": tries(account.person.member_number for account in families.accounts(number, size=1)),
    }
    return [by_email, by_number]


def _resets(number: int) -> list[Act]:
    def tries(identifiers: Iterator[str]) -> list[Try]:
        return [
            lambda browser, typed=typed: browser.post("/mot-de-passe/oublie/", {"username": typed})[0]
            for typed in identifiers
        ]

    return [
        {
            "unknown": tries(families.new_address() for _ in range(number)),
            "known": tries(account.email for account in families.accounts(number, size=1)),
            "closed": tries(account.email for account in families.accounts(number, closed_at=timezone.now())),
            "not activated": tries(sign_up.email for sign_up in families.sign_ups(number)),
        }
    ]


def _sign_ups(number: int) -> list[Act]:
    """Whatever is typed and whoever types it, each number once. Only who holds the letter has a right code."""

    def tries(typed: Iterator[tuple[str, str, str]]) -> list[Try]:
        return [lambda browser, row=row: browser.post("/inscription/", _form(*row))[0] for row in typed]

    def strangers(emails: Iterator[str]) -> list[Try]:
        return tries((email, f"ESF-2020-{next(_strangers):06}-K", WRONG_CODE) for email in emails)

    def holders(persons: list[Person]) -> list[Try]:
        return tries((families.new_address(), str(person.member_number), _code(person)) for person in persons)

    return [
        {
            "unknown": strangers(families.new_address() for _ in range(number)),
            "known": strangers(account.email for account in families.accounts(number)),
            "closed": strangers(account.email for account in families.accounts(number, closed_at=timezone.now())),
            "not activated": strangers(sign_up.email for sign_up in families.sign_ups(number)),
            "right proof": holders(families.persons(number)),
            "right proof, active": holders([account.person for account in families.accounts(number)]),
        }
    ]


def _code(person: Person) -> str:
    return activation_codes.issue(person, by=Actor(kind="system"), at=timezone.now())


def _form(email: str, member_number: str, code: str) -> dict[str, str]:
    return {
        "first_name": "Camille",
        "last_name": "Martin",
        "email": email,
        "proof": "code",
        "member_number": member_number,
        "activation_code": code,
        "password": families.PASSWORD,
    }
