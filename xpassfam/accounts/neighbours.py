"""Who else of a home uses an address: what is sent there, that person reads too."""

from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.people.models import Person, Residence, Separation
from xpassfam.rules.ages import is_adult_on


def shares_address(account: Account, email: str) -> bool:
    """Whether another adult of a home of theirs gave this address to the organisation. At most two queries.

    Not where a separation is declared: what the other adult gave is nobody's to find out there.
    """
    if account.person_id is None:
        return False
    today = timezone.localdate()
    frozen = Separation.objects.open().values("household")
    homes = Residence.objects.open_on(today).filter(person=account.person_id).exclude(household__in=frozen)
    stays = Residence.objects.open_on(today).filter(household__in=homes.values("household"))
    others = Person.objects.filter(pk__in=stays.values("person"), email=email).exclude(pk=account.person_id)
    return any(is_adult_on(today, born=other.birth_date) for other in others)
