"""The archive of one person's data: asked for, made by the worker, taken, gone after a week."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.accounts.telling import mail, record
from xpassfam.jobs import job
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.privacy import history, record_paper, sources
from xpassfam.privacy.archive import Archive
from xpassfam.privacy.models import Export
from xpassfam.ui import words
from xpassfam.ui.own_data import Leaf, Part
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

logger = logging.getLogger(__name__)

GOOD_DAYS = 7
GOOD_FOR = timedelta(days=GOOD_DAYS)
VERSION = "1"
SYSTEM = Actor(kind="system")


def ask(account: Account, *, device: str = "", at: datetime) -> Export:
    """One at a time: asked again while it is being made, or while a fresh one is there, it is that one."""
    fresh = Export.objects.of(account).filter(state=Export.State.READY, ready_at__gt=at - timedelta(hours=1)).first()
    if fresh:
        return fresh
    try:
        with transaction.atomic():
            export = Export.objects.create(account=account, asked_at=at)
            record(account, history.EXPORT_ASKED, at=at, device=device)
            prepare.enqueue(export.pk)
    except IntegrityError:
        return Export.objects.of(account).waiting().get()
    return export


def latest(account: Account, *, most: int = 5) -> list[Export]:
    """One's own, the newest first. One query."""
    return list(Export.objects.of(account).select_related("file")[:most])


def live(account: Account, public_id: str, *, at: datetime) -> Export | None:
    """One's own, to be taken: past its last day there is none, even before the night deletes it."""
    ready = Export.objects.of(account).filter(state=Export.State.READY, expires_at__gt=at)
    return ready.select_related("file", "account__person").filter(public_id=public_id).first()


@job(lease=timedelta(minutes=30), retries=4)
def prepare(export_id: int) -> None:
    """Made in French, as the papers are. Run twice, it is made twice and kept once."""
    export = Export.objects.select_related("account__person").waiting().filter(pk=export_id).first()
    if export is None or not export.account.is_active:
        return
    now = timezone.now()
    with translation.override("fr"):
        file, missing = make(export.account, at=now)
    with transaction.atomic():
        held = Export.objects.select_for_update(of=("self",)).filter(pk=export.pk, state=Export.State.ASKED).first()
        if held is None:
            vault.discard(file)
            return
        held.state, held.file, held.missing = Export.State.READY, file, missing
        held.ready_at, held.expires_at = now, now + GOOD_FOR
        held.save()
        until = held.expires_at
        with translation.override("fr"):
            path = reverse("privacy:download")
            mail(export.account, "privacy/mail/export_ready", at=now, until=until.isoformat(), path=path)
            day = words.full_day(until)
            record(export.account, history.EXPORT_READY, by=SYSTEM, at=now, facts={"day": day})
        for older in Export.objects.of(export.account).filter(state=Export.State.READY).exclude(pk=held.pk):
            _let_go(older)


def make(account: Account, *, at: datetime) -> tuple[File, list[str]]:
    """The archive in the vault, and the names of the files that could not be read."""
    archive = Archive(at=at)
    file = vault.keep(
        archive.stream(_leaves(account, archive, at=at)),
        name=_("mes-donnees-{day}.zip").format(day=timezone.localdate(at).isoformat()),
        media_type=File.MediaType.ZIP,
        pages=1,
        at=at,
    )
    return file, archive.missing


def take(export: Export, *, device: str = "", at: datetime) -> None:
    """It goes to the person's own device: each time is a line of their history."""
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(taken_at=at)
        record(export.account, history.EXPORT_TAKEN, at=at, device=device)


def discard(export: Export, *, at: datetime) -> bool:
    """Gone, file included; False where it had been before."""
    with transaction.atomic():
        held = Export.objects.select_for_update(of=("self",)).filter(pk=export.pk, state=Export.State.READY).first()
        if held is None:
            return False
        _let_go(held)
        record(export.account, history.EXPORT_GONE, by=SYSTEM, at=at)
    return True


def forget_all(account: Account) -> None:
    """Its account closes: every archive goes first, in the caller's transaction."""
    for export in Export.objects.of(account).select_for_update(of=("self",)):
        if export.file:
            _let_go(export)
        export.delete()


def _let_go(export: Export) -> None:
    file, export.file, export.state = export.file, None, Export.State.GONE
    export.save(update_fields=["file", "state"])
    if file:
        vault.discard(file)


def _leaves(account: Account, archive: Archive, *, at: datetime) -> Iterator[Leaf]:
    parts = sources.parts(account, sources.accesses_of(account, at=at))
    for part in parts:
        yield from part.files
    # Last: they say which of the files could not be read.
    paper = record_paper.draw(account, parts, archive.missing, at=at)
    yield Leaf("releve.pdf", lambda: [paper])
    data = json.dumps(document(account, parts, archive.missing, at=at), ensure_ascii=False, indent=1)
    yield Leaf("donnees.json", lambda: [data.encode()])
    yield Leaf("LISEZMOI.txt", lambda: [_read_me().encode()])


def document(account: Account, parts: list[Part], missing: list[str], *, at: datetime) -> dict[str, Any]:
    """What programs read: as `schemas/own-data-1.json` says."""
    organisation = current()
    return {
        "schema": schema_address(),
        "version": VERSION,
        "made_at": words.iso(at),
        "organisation": {"name": organisation.name, "data_protection": organisation.dpo_contact},
        "account": account.public_id,
        "categories": [
            {
                "code": one.code,
                "title": str(one.title),
                "what": str(one.what),
                "why": str(one.why),
                "basis": str(one.basis),
                "kept": str(one.kept),
                "seen_by": str(one.seen_by),
                "source": str(one.source),
            }
            for one in sources.categories()
        ],
        "data": {part.category: part.data for part in parts},
        "missing_files": list(missing),
    }


def schema_address() -> str:
    return settings.BASE_URL + reverse("privacy:schema")


def _read_me() -> str:
    said = _(
        "releve.pdf : vos données, à lire.\n"
        "donnees.json : les mêmes, pour un programme. Leur forme est décrite à l’adresse {schema}.\n"
        "documents, demandes, attestations : vos fichiers.\n"
        "empreintes.txt : l’empreinte SHA-256 de chaque fichier (commande : sha256sum -c empreintes.txt).\n\n"
        "Du numéro de compte bancaire, seule la fin est ici : une archive se perd. Les notes que nos agents "
        "s’écrivent entre eux parlent aussi d’autres personnes : demandez-les à {dpo}.\n"
        "Du mode discret, activé ou non, rien n’est écrit ici : il se lit dans votre compte.\n"
        "Gardez cette archive à l’abri : elle dit beaucoup de vous.\n"
    )
    return said.format(schema=schema_address(), dpo=current().dpo_contact or current().name)
