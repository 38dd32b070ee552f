"""Requests that go for good, with all that was said and sent for them: their time has passed, or their home's has."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from xpassfam.certificates.models import Paper
from xpassfam.filings.models import Agreement, Filing, Message
from xpassfam.filings.states import Status
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

BATCH = 200


def destroy(filings: "QuerySet[Filing]") -> int:
    """What another contests goes after it: a chain is taken from its end. What another corrected does not wait for it,
    once that has its answer.
    """
    count = 0
    while free := list(_free(filings).order_by("pk")[:BATCH]):
        for filing in free:
            with transaction.atomic():
                held = Filing.objects.select_for_update(of=("self",)).filter(pk=filing.pk).first()
                if held:
                    _destroy(held)
                    count += 1
    return count


def erase(homes: Sequence[int]) -> int:
    """What they filed, and what they answered to what another home files."""
    Agreement.objects.filter(household__in=homes).delete()
    return destroy(Filing.objects.filter(household__in=homes))


def due(filings: "QuerySet[Filing]") -> int:
    """How many of them `destroy` takes: what a request that stays is about stays with it."""
    return filings.filter(~Exists(_later().exclude(pk__in=filings.values("pk")))).count()


def _free(filings: "QuerySet[Filing]") -> "QuerySet[Filing]":
    return filings.filter(~Exists(_later()))


def _later() -> "QuerySet[Filing]":
    """Those that still need what they are about."""
    has_its_day = Q(decisions__superseded_at=None, decisions__effects_on__isnull=False, decisions__effects_at=None)
    is_to_come = Q(ended_at=None) | Q(status=Status.APPROVED_UNDER_RESERVE) | has_its_day
    return Filing.objects.filter((Q(corrects=OuterRef("pk")) & is_to_come) | Q(contests__filing=OuterRef("pk")))


def _destroy(filing: Filing) -> None:
    Filing.objects.filter(corrects=filing).update(corrects=None)
    sent = Message.objects.filter(filing=filing).values("files")
    files = list(File.objects.filter(pk__in=sent))
    frozen = [filing.acknowledgement or {}, *filing.decisions.values_list("letter", flat=True)]
    codes = [one["check"]["code"] for one in frozen if one.get("check")]
    # The public page knows them no more: what they prove has gone, too.
    Paper.objects.filter(code__in=codes).delete()
    filing.delete()
    for file in files:
        vault.discard(file)
