"""Whether a letter can be trusted to reach an owner: their own home, where nobody parts, known for thirty days.

Whoever wants a letter of somebody else's moves the address first, and waits: thirty days, in which it is seen.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from xpassfam.accounts import tokens
from xpassfam.accounts.actions.activation_letters import with_home
from xpassfam.accounts.models import Account, KnownAddress
from xpassfam.people.models import Household, Separation

KNOWN_FOR = timedelta(days=30)
SLICE = 1000


class NoSafeAddress(Exception):
    """No letter can go out. `why`: none, held (a separation is declared there) or new, which ends at `until`."""

    def __init__(self, why: str, until: datetime | None = None) -> None:
        self.why, self.until = why, until
        super().__init__(why)


def safe_home(account: Account, *, at: datetime) -> Household:
    """Where a letter goes that opens the account. Raise NoSafeAddress."""
    home = _homes([account.person_id or 0], at=at).get(account.person_id or 0)
    if home is None or not (home.address and home.town):
        raise NoSafeAddress("none")
    if Separation.objects.open().filter(household=home).exists():
        raise NoSafeAddress("held")
    known = KnownAddress.objects.filter(account=account, digest=_digest(home)).first()
    since = known.since if known else at
    if since + KNOWN_FOR > at:
        raise NoSafeAddress("new", since + KNOWN_FOR)
    return home


def note(*, at: datetime) -> None:
    """Look at every family account's address; where it is not that of before, its thirty days begin."""
    accounts = Account.objects.filter(closed_at=None, role=Account.Role.FAMILY).order_by("pk")
    last = 0
    while chosen := list(accounts.filter(pk__gt=last).values_list("pk", "person")[:SLICE]):
        last = chosen[-1][0]
        homes = _homes([person for _, person in chosen if person], at=at)
        known = dict(KnownAddress.objects.filter(account__in=[pk for pk, _ in chosen]).values_list("account", "digest"))
        seen = {pk: _digest(homes.get(person or 0)) for pk, person in chosen}
        KnownAddress.objects.bulk_create(
            [KnownAddress(account_id=pk, digest=d, since=at) for pk, d in seen.items() if known.get(pk) != d],
            update_conflicts=True,
            unique_fields=["account"],
            update_fields=["digest", "since"],
        )


def _homes(persons: Iterable[int], *, at: datetime) -> dict[int, Household]:
    """Two queries."""
    homes = dict(with_home(at=at).filter(pk__in=persons, home__isnull=False).values_list("pk", "home"))
    known = Household.objects.in_bulk(set(homes.values()))
    return {person: known[home] for person, home in homes.items()}


def _digest(home: Household | None) -> str:
    if home is None:
        return ""
    return tokens.digest("\n".join([home.public_id, home.address, home.postcode, home.town, home.country]))
