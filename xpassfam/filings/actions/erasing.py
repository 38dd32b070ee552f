"""Requests that go for good, with all that was said and sent for them: their time has passed, or their home's has."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from xpassfam.certificates.models import Paper
from xpassfam.filings.models import Agreement, Filing, Message
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

BATCH = 200


def destroy(filings: "QuerySet[Filing]") -> int:
    """What another contests or corrects goes after it: a chain is taken from its end."""
    count = 0
    while free := list(_last_of_chains(filings).order_by("pk")[:BATCH]):
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


def _last_of_chains(filings: "QuerySet[Filing]") -> "QuerySet[Filing]":
    later = Filing.objects.filter(Q(corrects=OuterRef("pk")) | Q(contests__filing=OuterRef("pk")))
    return filings.filter(~Exists(later))


def _destroy(filing: Filing) -> None:
    sent = Message.objects.filter(filing=filing).values("files")
    files = list(File.objects.filter(pk__in=sent))
    frozen = [filing.acknowledgement or {}, *filing.decisions.values_list("letter", flat=True)]
    codes = [one["check"]["code"] for one in frozen if one.get("check")]
    # The public page knows them no more: what they prove has gone, too.
    Paper.objects.filter(code__in=codes).delete()
    filing.delete()
    for file in files:
        vault.discard(file)
