"""What whoever declared a separation said of it, for whoever handles it; nobody of the family reads this.

The room above, which alone knows requests, says so in its `for_household`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.people.models import Separation

NEITHER, BY_PHONE, BY_EMAIL = "none", "phone", "email"


class Reader(NamedTuple):
    """An agent who reads the answers themselves: whoever gave them can know it."""

    agent: Account
    at: datetime


@dataclass(frozen=True)
class Declared:
    """`contact`: the only way to reach them, empty where the request doesn't say; `answers`: each with its question,
    for a `Reader` only.
    """

    reference: str
    url: str
    contact: str = ""
    is_confidential: bool = False
    read_by: date | None = None
    answers: Sequence[tuple[str, str]] = ()

    @property
    def caution(self) -> str:
        """In capitals, so that nobody dials before they have read it."""
        cautions = {
            NEITHER: _("NE PAS APPELER"),
            BY_PHONE: _("PAR TÉLÉPHONE SEULEMENT"),
            BY_EMAIL: _("PAR E-MAIL SEULEMENT"),
        }
        return cautions.get(self.contact, _("LIRE AVANT TOUT CONTACT"))

    @property
    def what_to_do(self) -> str:
        what = {
            NEITHER: _("N’appelez pas et n’écrivez pas : attendez un appel ou une visite de cette personne."),
            BY_PHONE: _("Appelez le numéro donné dans ses réponses, aucun autre. N’écrivez pas."),
            BY_EMAIL: _("Écrivez à l’adresse donnée dans ses réponses, à aucune autre. N’appelez pas."),
        }
        return what.get(self.contact, _("Ses réponses disent peut-être comment la joindre sans risque."))


# By the key of each separation that a request declared.
Teller = Callable[[Sequence[Separation], Reader | None], Mapping[int, Declared]]
_TELLERS: list[Teller] = []


def declare(teller: Teller) -> Teller:
    _TELLERS.append(teller)
    return teller


def said(separations: Sequence[Separation], reader: Reader | None = None) -> dict[int, Declared]:
    """As many queries as there are rooms that tell, whatever there is to tell of."""
    return {key: one for teller in _TELLERS for key, one in teller(separations, reader).items()}
