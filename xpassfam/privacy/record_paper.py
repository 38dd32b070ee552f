"""« Relevé de mon dossier » (A8): the same data on paper, with why each is held and how long."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.letters import colours, logo
from xpassfam.accounts.models import Account
from xpassfam.organisation.models import current
from xpassfam.pdf.sealing import seal
from xpassfam.pdf.typesetting import typeset
from xpassfam.privacy import sources
from xpassfam.ui import words
from xpassfam.ui.own_data import Part

MODEL = "privacy/paper/record.typ"


def draw(account: Account, parts: Sequence[Part], missing: Sequence[str], *, at: datetime) -> bytes:
    return seal(typeset(MODEL, contents(account, parts, missing, at=at)))


def contents(account: Account, parts: Sequence[Part], missing: Sequence[str], *, at: datetime) -> dict[str, Any]:
    organisation, today = current(), timezone.localdate(at)
    told = {part.category: part for part in parts}
    phone = organisation.support_phone.replace(" ", words.NBSP)
    return {
        "title": _("Relevé de mes données"),
        "author": organisation.name,
        "language": "fr",
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "colours": colours(organisation),
        "logo": logo(organisation),
        "from": organisation.name,
        "contact": " · ".join(filter(None, [phone, organisation.support_hours])),
        "for": _("{name}, le {day} à {time}").format(name=account, day=words.full_day(at), time=words.clock(at)),
        "introduction": _(
            "Ce relevé dit ce que nous gardons de vous, pourquoi, combien de temps, et qui le voit. Il contient ce que "
            "vous pouvez lire dans votre compte, et rien de ce qui est à quelqu’un d’autre."
        ),
        "sections": [
            {
                "title": str(one.title),
                "facts": [
                    [_("Pourquoi"), str(one.why)],
                    [_("Base légale"), str(one.basis)],
                    [_("Combien de temps"), str(one.kept)],
                    [_("Qui le voit"), str(one.seen_by)],
                    [_("D’où cela vient"), str(one.source)],
                ],
                "lines": [[label, text] for label, text in told[one.code].lines] if one.code in told else [],
            }
            for one in sources.categories()
        ],
        "nothing": _("Rien pour l’instant."),
        "missing_title": _("Fichiers qui n’ont pas pu être lus"),
        "missing": list(missing),
        "rights_title": _("Vos droits"),
        "rights": [
            _("Corriger, effacer, limiter, reprendre, vous opposer : écrivez à {dpo}.").format(
                dpo=organisation.dpo_contact or organisation.name
            ),
            _("Pas d’accord avec la réponse ? Plainte à la CNIL : cnil.fr/plaintes."),
        ],
        "footer": _("Relevé établi le {day} par {name}.").format(day=words.full_day(at), name=organisation.name),
    }
