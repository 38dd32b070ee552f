"""A residence to share, asked online of the other parent of a child."""

from django.utils import timezone

from tests.accounts.mailbox import received
from tests.filings.factories import procedure
from tests.filings.shipped import DEFINITIONS
from tests.filings.test_shipped_procedures import TODAY
from tests.household.homes import outsider
from tests.people.factories import Role, living
from xpassfam.filings.actions import agreeing, sending
from xpassfam.filings.actions.agreeing import Said
from xpassfam.filings.models import Agreement
from xpassfam.people.access import for_account
from xpassfam.people.models import Household, Residence

NUMBER = "ESF-2019-004813-E"


def antoine_of(room, *, is_known=True):
    """Whom Inès lives with besides, where it is known already."""
    antoine = outsider("Antoine Moreau", NUMBER)
    antoine.first_name, antoine.last_name = "Antoine", "Moreau"
    antoine.save()
    Household.objects.filter(pk=home_of(antoine).pk).update(name="Foyer Moreau", address="9 rue Secrète", town="Vannes")
    if is_known:
        living(room.home.child, home_of(antoine), Role.DEPENDENT_CHILD, is_shared=True)
        Residence.objects.filter(person=room.home.child).update(is_shared=True)
    return antoine


def home_of(someone):
    return someone.person.residences.first().household


def access_of(someone):
    return for_account(someone, on=timezone.localdate())[0]


def ask(room, *, sharing="half", number="", corrects=None, **more):
    """Filed without any paper."""
    answers = {
        "child": room.home.child.public_id, "since": TODAY, "rhythm": "week", "sharing": sharing, "proof": "online",
    }  # fmt: skip
    answers |= {"other_parent": number} if number else {}
    draft = room.draft(answers | more, version=procedure(DEFINITIONS["D06"]), with_proof=False, corrects=corrects)
    return sending.send(draft, access=room.access, by=room.camille, at=timezone.now())


def verify(room, filing):
    """An agent has made sure of the number."""
    other = home_of_number(filing)
    agreement = agreeing.ask(filing, verified=[other], seen=filing.version, by=room.nadia, at=timezone.now())
    filing.refresh_from_db()
    return agreement


def home_of_number(filing):
    return Household.objects.get(residences__person__member_number=filing.answers["other_parent"]).public_id


def answered(antoine, agreement, said):
    return agreeing.answer(agreement, said, access=access_of(antoine), by=antoine.actor, at=timezone.now())


def say(antoine, filing, answer="agreed", sharing="", words=""):
    agreement = Agreement.objects.get(filing=filing)
    proposed = {"me": "other", "other": "me"}.get(filing.answers["sharing"], "half")
    said = Said(answer, version=agreement.version, proposed=proposed, sharing=sharing, words=words)
    held = answered(antoine, agreement, said)
    filing.refresh_from_db()
    return held


def page(filing):
    return f"/mon-compte/accords/{Agreement.objects.get(filing=filing).public_id}/"


def mails_to_antoine():
    return [mail for mail in received() if mail.to == ["odile@example.org"]]


def shares(room):
    return dict(Residence.objects.filter(person=room.home.child).values_list("household__name", "aid_share"))
