"""What to verify against where there is no account: as dear as an account's own, or the clock would tell.

While a new cost of hashing takes over, accounts that have not signed in since keep the old one. An unknown
identifier then gets the old cost as often as accounts have it: drawn by a keyed hash of the identifier, so that it
is always the same one, and passes to today's cost once, as an account does.
"""

from time import monotonic

from django.db.models import Count, F, Value
from django.db.models.functions import Length, StrIndex, Substr

from xpassfam.accounts import hashing, tokens
from xpassfam.accounts.models import Account, PasswordCost

KEPT_SECONDS = 60.0
BEFORE_PARAMETERS = "argon2$argon2id$v=19$"
Shares = list[tuple[str, float]]

_kept: tuple[float, Shares] | None = None


def dummy_for(identifier: str) -> str:
    """A hash of nobody's password, at the cost that an account of this name would have."""
    drawn = int(tokens.keyed("cost", identifier)[:8], 16) / 2**32
    for parameters, up_to in _shares():
        if drawn < up_to:
            return hashing.dummy_at(parameters)
    return hashing.dummy_at(hashing.todays_parameters())


def prepare() -> None:
    """Make them all now: made as they are drawn, each would once tell by the clock that an identifier is unknown."""
    for parameters, _ in _shares():
        hashing.dummy_at(parameters)
    hashing.dummy_at(hashing.todays_parameters())


def _shares() -> Shares:
    """Costs and where each ends between 0 and 1, today's last: it grows over the others. A minute old at most."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > KEPT_SECONDS:
        counted = dict(PasswordCost.objects.values_list("parameters", "accounts"))
        today, total = hashing.todays_parameters(), sum(counted.values()) or 1
        shares: Shares = []
        for parameters in sorted(counted, key=lambda each: (each == today, each)):
            so_far = shares[-1][1] if shares else 0.0
            shares.append((parameters, so_far + counted[parameters] / total))
        _kept = (monotonic(), shares)
        prepare()
    return _kept[1]


def forget() -> None:
    """The next draw reads the table."""
    global _kept
    _kept = None


def count_costs() -> None:
    """Count again how many accounts have each cost; a whole reading of the table, for the worker only."""
    after = Substr("password", Length(Value(BEFORE_PARAMETERS)) + 1)
    hashed = Account.objects.filter(closed_at=None, password__startswith=BEFORE_PARAMETERS)
    costs = (
        hashed.annotate(rest=after)
        .annotate(parameters=Substr("rest", 1, StrIndex(F("rest"), Value("$")) - 1))
        .values_list("parameters")
        .annotate(accounts=Count("pk"))
        .order_by("parameters")
    )
    counted = dict(costs)
    PasswordCost.objects.exclude(parameters__in=counted).delete()
    for parameters, accounts in counted.items():
        PasswordCost.objects.update_or_create(parameters=parameters, defaults={"accounts": accounts})
