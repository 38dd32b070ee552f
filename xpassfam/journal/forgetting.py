"""Retention: words go when their time has passed. The lines stay, and one more says that words went.

First it is written that they go, then they go, by batches: whatever stops it half-way, the next night goes on.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.chain import PORTAL
from xpassfam.journal.history import FORGOTTEN, OWN_FORGOTTEN, PORTAL_FORGOTTEN
from xpassfam.journal.kinds import kept_as
from xpassfam.journal.models import Forgetting, Head, Line, LineQuerySet, Payload
from xpassfam.organisation.models import current
from xpassfam.rules import retention
from xpassfam.rules.retention import Retention
from xpassfam.ui.words import full_day

BATCH = 1000


def forget(scope: str, family: Retention, *, before: datetime, by: Actor, at: datetime) -> int:
    """Let go the words of a chain's lines of this family that are older than `before`; return how many."""
    old = _with_words(family, before=before).filter(scope=scope)
    with transaction.atomic():
        # Of two that forget at once, the second finds it written.
        list(Head.objects.select_for_update().filter(scope=scope))
        through = old.aggregate(through=Max("seq"))["through"]
        if through is None:
            return 0
        _say(scope, family, through=through, before=before, by=by, at=at)
        count = _let_go(old)
    while gone := _let_go(old.filter(seq__lte=through)):
        count += gone
    return count


def forget_past(family: Retention, *, by: Actor, at: datetime) -> int:
    """What is past its time in every chain; return how many lines lost their words."""
    before = limit_of(family, at=at)
    return sum(forget(scope, family, before=before, by=by, at=at) for scope in chains_with_words(family, before=before))


def limit_of(family: Retention, *, at: datetime) -> datetime:
    """Older words go, as the organisation set it."""
    day = retention.forgotten_before(family, months=current().months_kept(family), today=timezone.localdate(at))
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def chains_with_words(family: Retention, *, before: datetime) -> Iterator[str]:
    """The chains that hold words past their time. One walk along the table, a slice at a time."""
    scopes = _with_words(family, before=before).order_by("scope").values_list("scope", flat=True).distinct()
    last = ""
    while found := list(scopes.filter(scope__gt=last)[:BATCH]):
        yield from found
        last = found[-1]


def _with_words(family: Retention, *, before: datetime) -> LineQuerySet:
    return Line.objects.filter(kind__in=kept_as(family), at__lt=before, payload__isnull=False)


def _let_go(old: LineQuerySet) -> int:
    lines = list(old.order_by("seq").values_list("pk", flat=True)[:BATCH])
    return Payload.objects.filter(pk__in=lines).delete()[0]


def _say(scope: str, family: Retention, *, through: int, before: datetime, by: Actor, at: datetime) -> None:
    """Unless it was said before somebody stopped us."""
    codes = kept_as(family)
    kinds = f" {' '.join(codes)} "
    if Forgetting.objects.filter(scope=scope, kinds=kinds, before=before, through__gte=through).exists():
        return
    Forgetting.objects.create(scope=scope, through=through, before=before, kinds=kinds, at=at)
    told: dict[str, Fact] = {
        "day": full_day(before),
        "what": _named(family),
        "older_than": before.isoformat(),
        "kinds": codes,
    }
    whose, _separator, public_id = scope.partition(":")
    if whose == "household":
        write(FORGOTTEN, by=by, at=at, household=public_id, facts=told)
    elif scope == PORTAL:
        write(PORTAL_FORGOTTEN, by=by, at=at, facts=told)
    else:
        person = Line.objects.filter(scope=scope).order_by("-seq").values_list("person", flat=True).first()
        write(OWN_FORGOTTEN, by=by, at=at, account=public_id, person=person or "", facts=told)


def _named(family: Retention) -> str:
    words = {
        retention.SIGN_INS: _("connexions et mots de passe"),
        retention.CONSULTATIONS: _("consultations par nos agents"),
    }
    return words.get(family, _("vie du dossier"))
