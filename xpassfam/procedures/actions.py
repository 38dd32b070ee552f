"""Procedures are published and set here; nothing else writes them."""

import hashlib
from datetime import datetime

from django.db import transaction

from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.procedures import history
from xpassfam.procedures.language import dump, load
from xpassfam.procedures.models import Procedure, Version


class SlugTaken(Exception):
    """Another procedure stands at that address."""


def publish(text: str, *, by: Actor, at: datetime) -> Version:
    """Make a definition the current one of its procedure; the same text again changes nothing.

    Raises `language.Refused`, with every mistake by line, or SlugTaken.
    """
    definition = load(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        if Procedure.objects.filter(slug=definition.slug).exclude(code=definition.code).exists():
            raise SlugTaken(definition.slug)
        Procedure.objects.get_or_create(code=definition.code, defaults={"slug": definition.slug})
        procedure = Procedure.objects.select_for_update(of=("self",)).get(code=definition.code)
        last = procedure.versions.order_by("-number").first()
        if last and last.digest == digest and procedure.current_id == last.pk:
            return last
        version = Version.objects.create(
            procedure=procedure,
            number=last.number + 1 if last else 1,
            source=text,
            digest=digest,
            tree=dump(definition),
            loaded_at=at,
            loaded_by=by.name,
        )
        procedure.slug, procedure.current = definition.slug, version
        procedure.save(update_fields=["slug", "current"])
        facts: dict[str, Fact] = {"code": procedure.code, "title": definition.title, "number": version.number}
        write(history.PUBLISHED, by=by, at=at, facts=facts)
    return version


def configure(procedure: Procedure, *, changed: list[str], by: Actor, at: datetime) -> Procedure:
    """Keep what an administrator set of it: `changed` names the columns."""
    if not changed:
        return procedure
    with transaction.atomic():
        procedure.save(update_fields=changed)
        names = [str(Procedure._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
        write(history.CONFIGURED, by=by, at=at, facts={"code": procedure.code, "changes": ", ".join(names)})
    return procedure
