"""Why a file is not taken, what to do, and how heavy one is: the same words for whoever asks for files."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.ui.words import NBSP
from xpassfam.vault.limits import MOST_MEGABYTES, MOST_PAGES
from xpassfam.vault.models import File

LIMITS = gettext_lazy("PDF ou photo (JPEG, PNG, HEIC), 10 Mo au plus chacun.")
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic"
LONGEST_NAME = 80

REASONS = {
    "empty": gettext_lazy("ce fichier est vide. Choisissez-le à nouveau."),
    "too_big": gettext_lazy(
        "il pèse plus de {megabytes} Mo. Prenez une photo plus petite, ou envoyez les pages une par une."
    ),
    "format": gettext_lazy(
        "ce format n’est pas accepté. Envoyez un PDF ou une photo (JPEG, PNG, HEIC) de {megabytes} Mo au plus."
    ),
    "misnamed": gettext_lazy(
        "il porte le nom d’un PDF, mais n’en est pas un. Ouvrez-le, imprimez-le en PDF, puis envoyez cette copie."
    ),
    "unreadable": gettext_lazy(
        "il ne s’ouvre pas, ou il n’est pas arrivé en entier. Ouvrez-le sur votre appareil pour vérifier, "
        "puis envoyez-le à nouveau."
    ),
    "encrypted": gettext_lazy(
        "il est protégé par un mot de passe. Ouvrez-le, imprimez-le en PDF, puis envoyez cette copie."
    ),
    "too_many_pages": gettext_lazy("il a plus de {pages} pages. Envoyez seulement les pages demandées."),
    "busy": gettext_lazy("beaucoup de fichiers arrivent en ce moment. Envoyez-le à nouveau dans une minute."),
    "away": gettext_lazy(
        "nous ne pouvons pas garder de fichier en ce moment. Ceux que vous aviez donnés sont bien là. "
        "Envoyez celui-ci à nouveau dans quelques minutes."
    ),
    "infected": gettext_lazy(
        "il contenait un virus. Il a été détruit, personne ne l’a ouvert. Faites vérifier votre appareil, "
        "puis envoyez une nouvelle photo du document."
    ),
    "too_many_pixels": gettext_lazy("cette image est trop grande. Reprenez la photo dans un format plus petit."),
}


def refusal(code: str, *, name: str) -> str:
    """« vacances.bmp » n’a pas été ajouté : ce format n’est pas accepté. …"""
    code = "misnamed" if code == "format" and name.lower().endswith(".pdf") else code
    reason = str(REASONS[code]).format(megabytes=MOST_MEGABYTES, pages=MOST_PAGES)
    return _("« {name} » n’a pas été ajouté : {reason}").format(name=shown(name), reason=reason)


def destroyed(names: Sequence[str]) -> str:
    """« facture.pdf » contenait un virus. …"""
    told = _(
        "{names} contenait un virus. Ce fichier a été détruit, personne ne l’a ouvert. Faites vérifier votre appareil, "
        "puis donnez une nouvelle photo du document."
    )
    return told.format(names=listed(names))


def listed(names: Sequence[str]) -> str:
    """« facture.pdf », « avis.pdf »"""
    return ", ".join(_("« {name} »").format(name=shown(name)) for name in names)


def shown(name: str) -> str:
    """A file's own name, as it may stand in a sentence."""
    return "".join(c for c in name if c.isprintable())[:LONGEST_NAME]


def weight(size: int) -> str:
    """« 212 ko », « 1,2 Mo »."""
    if size < 1_000_000:
        return _("{n} ko").format(n=max(1, round(size / 1000))).replace(" ", NBSP)
    tenths = round(size / 100_000)
    whole = _("{whole},{tenth} Mo").format(whole=tenths // 10, tenth=tenths % 10)
    return whole.replace(" ", NBSP)


def sort(file: File) -> str:
    """« PDF, 3 pages, 212 ko »."""
    kind = File.MediaType(file.media_type).label
    parts = [str(kind), _("{n} pages").format(n=file.pages) if file.pages > 1 else "", weight(file.size)]
    return ", ".join(filter(None, parts))
