"""A filing is held before anything is decided about it; the household after it, in the house's order of locks."""

from datetime import datetime

from django.utils import timezone

from xpassfam.accounts.models import Account
from xpassfam.filings import account_numbers
from xpassfam.filings.correcting import CAME_TO_NOTHING, earlier
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Event, Status, after
from xpassfam.people.access import ActingAccess, renewed
from xpassfam.people.models import Household
from xpassfam.rules.silence import Effect
from xpassfam.rules.visibility import COUPLE_ROLES

# Ends after which no effect comes.
IN_VAIN = (*CAME_TO_NOTHING, Status.REPLACED)


class NotAllowed(Exception):
    """What was shown is no longer theirs to do: the access ended, or sharing was frozen meanwhile."""


class Overtaken(Exception):
    """Something happened to the filing since the page was opened: read it again first."""


class AcceptedBySilence(Exception):
    """The law has accepted it in our place."""


class NeedsAnother(Exception):
    """Whoever took a decision (`agent`) neither examines its contest, nor decides again once it is taken back."""

    def __init__(self, agent: Account, *, is_contest: bool) -> None:
        self.agent, self.is_contest = agent, is_contest
        super().__init__(str(agent))


def refuse_same_hand(filing: Filing, agent: Account) -> None:
    """Of a held contest, or of what one opened again. Source: none in law for every profile; it is what a contest
    promises. Raise NeedsAnother.
    """
    if filing.is_contest_of(agent):
        raise NeedsAnother(agent, is_contest=True)
    if filing.status != Status.REPLACED and filing.decisions.taken_back_from(agent).exists():
        raise NeedsAnother(agent, is_contest=False)


def refuse_against_silence(filing: Filing, *, at: datetime) -> None:
    """Of a held filing: what our silence accepted is granted. It may be written down, and is neither stopped nor
    refused by an answer that comes too late. Raise AcceptedBySilence.

    Source: CRPA, art. L231-1; L242-1 (taken back within four months if it is unlawful, which is no answer to it).
    """
    if is_accepted_by_silence(filing, at=at):
        raise AcceptedBySilence


def is_accepted_by_silence(filing: Filing, *, at: datetime) -> bool:
    """From the day of the law on, whether or not the family was told already. Source: CRPA, art. L231-1."""
    is_past = filing.is_past_silence(on=timezone.localdate(at))
    return filing.is_pending and filing.silence_effect == Effect.ACCEPTANCE and is_past


def hold(filing: Filing) -> Filing:
    """As it is now, locked until the transaction ends."""
    rows = Filing.objects.select_for_update(of=("self",)).select_related(
        "household", "filed_by", "about", "procedure_version__procedure"
    )
    return rows.get(pk=filing.pk)


def hold_linked(filing: Filing) -> list[Filing]:
    """What it contests and what it corrects: after it and before the home, which all concern.

    Return those that it corrects, the latest first: see `correcting.earlier`.
    """
    if filing.contests:
        hold(filing.contests.filing)
    return [hold(one) for one in earlier(filing)]


def hold_home(filing: Filing, *besides: int) -> None:
    """The home that it concerns, locked after it, with those `besides`, in the one order of locks."""
    homes = Household.objects.filter(pk__in={filing.household_id, *besides})
    list(homes.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def may_act(filing: Filing, access: ActingAccess) -> bool:
    """Of a filing that the viewer may read, whether they may also answer, complete or withdraw it.

    One's own; of another's, the couple of the home, or a guardian: who was let in follows their own.
    Source: code civil, art. 220, 515-4 (a couple), 473, 496 (a guardian), 1984 (a mandate is what was given).
    """
    is_own = filing.filed_by_id == access.person_id
    return access.may("requests") and (is_own or access.represents or access.role in COUPLE_ROLES)


def hold_for(filing: Filing, access: ActingAccess) -> Filing:
    """The filing held, and still the viewer's to handle. Raise NotAllowed."""
    filing = hold(filing)
    now = renewed(access)
    if now is None or not may_act(filing, now) or not Filing.objects.visible_to(now).filter(pk=filing.pk).exists():
        raise NotAllowed
    return filing


def hold_unchanged(filing: Filing, *, seen: int) -> Filing:
    """The filing held, as an agent's page showed it. Raise Overtaken."""
    filing = hold(filing)
    if filing.version != seen:
        raise Overtaken
    return filing


def step(filing: Filing, event: Event, *fields: str) -> None:
    """Move a held filing on, and save it with those of its fields that changed besides."""
    filing.status = after(filing.status, event)
    touch(filing, "status", *fields)
    if filing.status in IN_VAIN:
        account_numbers.cover(filing)


def touch(filing: Filing, *fields: str) -> None:
    """Save a held filing: whoever has it open learns that it changed."""
    filing.version += 1
    filing.save(update_fields=["version", *fields])
