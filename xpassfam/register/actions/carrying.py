"""What the worker does with an import that was asked for by the page."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.journal.actions import Actor
from xpassfam.register import waiting
from xpassfam.register.actions.importing import ClosesTooMany, bring
from xpassfam.register.alone import alone
from xpassfam.register.models import Import, LikelyDuplicate, Refusal
from xpassfam.register.report import MOST_CLOSED
from xpassfam.register.stopping import Stopped, stoppable

logger = logging.getLogger(__name__)
State = Import.State

MOST_TRIES: Final = 2  # of a file that may well kill its worker each time
FILES_KEPT: Final = timedelta(days=1)
WORDS_KEPT: Final = timedelta(days=30)  # refusals show cells of the files, likely duplicates names


def carry_on(public_id: str) -> None:
    """What the job does. It may run twice: what is done is left as it is, and nobody imports beside it."""
    with alone():
        record = Import.objects.filter(public_id=public_id).first()
        if record is None or record.state not in (State.TRYING, State.IMPORTING):
            return
        kind = "administrator" if record.asked_by else "system"
        by = Actor(kind, public_id=record.asked_by, name=record.asked_by_name)
        if record.tries >= MOST_TRIES:
            reason = _("La lecture de ces fichiers s’est interrompue deux fois. Exportez-les en CSV, puis recommencez.")
            _stop(record, reason)
            return
        Import.objects.filter(pk=record.pk).update(tries=F("tries") + 1)
        folder, paths = record.folder, waiting.paths(record.folder, len(record.files))
        try:
            with stoppable(folder):
                bring(record, paths, by=by, at=timezone.now())
        except Stopped:
            Import.objects.filter(pk=record.pk).update(state=State.GIVEN_UP, folder="", ended_at=timezone.now())
            waiting.throw_away(folder)
        except ClosesTooMany:
            part = f"{MOST_CLOSED}\u00a0%"
            _stop(record, _("Plus de {part} du registre serait fermé.").format(part=part))
        except Exception:
            logger.exception("import %s failed", public_id)
            _stop(record, _("Une erreur nous a arrêtés. Recommencez ; si elle revient, prévenez l’exploitant."))
        record.refresh_from_db()
        if record.state == State.DONE:
            Import.objects.filter(pk=record.pk).update(folder="")
            waiting.throw_away(folder)


def tidy(*, at: datetime) -> None:
    """Files that nobody answered for, imports whose process died, and cells that were shown long enough."""
    late = Import.objects.exclude(folder="").filter(asked_at__lt=at - FILES_KEPT)
    for record in late:
        waiting.throw_away(record.folder)
    late.filter(state__in=[State.TRIED, State.STOPPED]).update(state=State.GIVEN_UP)
    late.update(folder="")
    dead = Import.objects.under_way().filter(asked_at__lt=at - FILES_KEPT)
    dead.update(state=State.STOPPED, problem=_("L’import a été interrompu."), ended_at=at)
    Refusal.objects.filter(of__asked_at__lt=at - WORDS_KEPT).delete()
    LikelyDuplicate.objects.filter(of__asked_at__lt=at - WORDS_KEPT).delete()


def _stop(record: Import, problem: str) -> None:
    Import.objects.filter(pk=record.pk).update(state=State.STOPPED, problem=problem, ended_at=timezone.now())
