"""The row itself, and the copy of it that each process keeps for a few seconds."""

import logging
from time import time
from typing import Any

from django.db import InterfaceError, OperationalError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.models import on_disk
from xpassfam.organisation.models.access import BOUNDS, AccountRules, SecondStep, SignUpProof
from xpassfam.organisation.models.accessibility import Accessibility, Conformity
from xpassfam.organisation.models.brand import Brand, Typeface
from xpassfam.organisation.models.calendar import Calendar, HolidayZone
from xpassfam.organisation.models.contacts import Contacts
from xpassfam.organisation.models.legal import MONTHS, LegalNotice, LegalProfile, Privacy
from xpassfam.organisation.models.logo import LogoFields
from xpassfam.organisation.models.maintenance import Maintenance
from xpassfam.organisation.models.remedies import Remedies
from xpassfam.organisation.models.sms import SmsRules
from xpassfam.organisation.models.support import PROMISE_HOURS, SupportPromise
from xpassfam.organisation.reaching import is_reachable
from xpassfam.rules import retention

logger = logging.getLogger(__name__)

ONLY_ID = 1
KEPT_SECONDS = 10.0
CHOICES = {
    "typeface": Typeface,
    "legal_profile": LegalProfile,
    "accessibility_state": Conformity,
    "sign_up_proof": SignUpProof,
    "second_step": SecondStep,
    "holiday_zone": HolidayZone,
}


def _constraint(name: str, condition: Q) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=f"organisation_{name}")


class Organisation(
    Brand,
    LogoFields,
    Contacts,
    LegalNotice,
    Remedies,
    Privacy,
    Accessibility,
    AccountRules,
    SmsRules,
    Maintenance,
    Calendar,
    SupportPromise,
):
    """Who runs this portal: one row, or none yet."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ID, editable=False)
    configured_at = models.DateTimeField(_("réglé le"), null=True, editable=False)
    configured_by = models.CharField(_("réglé par"), max_length=250, blank=True, editable=False)

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("réglages de l’organisme")
        constraints = [
            _constraint("is_the_only_one", Q(id=ONLY_ID)),
            *(_constraint(f"{name}_is_known", Q(**{f"{name}__in": kind.values})) for name, kind in CHOICES.items()),
            *(_constraint(f"{name}_in_bounds", Q(**{f"{name}__range": bounds})) for name, bounds in BOUNDS.items()),
            *(
                _constraint(
                    f"{MONTHS[kept.code]}_in_bounds", Q(**{f"{MONTHS[kept.code]}__range": (kept.least, kept.most)})
                )
                for kept in retention.FAMILIES
            ),
            _constraint("promise_hours_in_bounds", Q(promise_hours__range=PROMISE_HOURS)),
            _constraint("support_opens_before_it_closes", Q(support_opens_at__lt=F("support_closes_at"))),
            _constraint("appeal_months_in_bounds", Q(appeal_months__range=(1, 12))),
            _constraint(
                "accessibility_rate_in_bounds", Q(accessibility_rate__isnull=True) | Q(accessibility_rate__lte=100)
            ),
            _constraint(
                "maintenance_has_both_ends",
                Q(maintenance_from__isnull=True, maintenance_until__isnull=True)
                | Q(
                    maintenance_from__isnull=False,
                    maintenance_until__isnull=False,
                    maintenance_until__gt=F("maintenance_from"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        super().save(**kwargs)
        forget()
        # A neighbour thread may have read the row as it was before the commit.
        transaction.on_commit(forget)


_kept: tuple[float, Organisation] | None = None


def current() -> Organisation:
    """The organisation, at most ten seconds old; shared by the whole process: read it, never change it.

    Without a row, the defaults. Without a database, what was known before: error pages still need a phone number.
    """
    global _kept
    # abs: a clock set back must not keep an old row for hours.
    if _kept is None or abs(time() - _kept[0]) > KEPT_SECONDS:
        try:
            if not is_reachable():
                raise OperationalError("nothing listens where the database should")
            organisation = Organisation.objects.filter(id=ONLY_ID).first() or Organisation()
        except (OperationalError, InterfaceError):
            logger.warning("The organisation's row can't be read.", exc_info=True)
            organisation = known()
        else:
            on_disk.write(organisation)
        _kept = (time(), organisation)
    return _kept[1]


def known() -> Organisation:
    """The organisation as this process, or another before it, last read it: the database is not asked."""
    if _kept:
        return _kept[1]
    read = on_disk.read()
    return read if isinstance(read, Organisation) else Organisation()


def forget() -> None:
    """The next `current()` reads the database."""
    global _kept
    _kept = None
