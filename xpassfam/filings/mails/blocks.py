"""The mandatory mentions of a mail, below its words, where no setting reaches them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.rules.mentions import Mention

AUTHOR = (Mention.AUTHOR_FIRST_NAME, Mention.AUTHOR_NAME, Mention.AUTHOR_FUNCTION, Mention.AUTHOR_SERVICE)
# In the order in which people read them. A mention that no block holds is said under the last.
_BLOCKS: tuple[tuple[str | Promise, tuple[Mention, ...]], ...] = (
    (gettext_lazy("Ce qu’il manque"), (Mention.MISSING_PIECES, Mention.COMPLETE_BY, Mention.CLOCK_WAITS)),
    (gettext_lazy("La réserve"), (Mention.RESERVE,)),
    (gettext_lazy("Pourquoi"), (Mention.REASONS_OF_LAW,)),
    (gettext_lazy("Et maintenant"), (Mention.ANSWER_BY,)),
    (
        gettext_lazy("Sans réponse de notre part"),
        (
            Mention.SILENCE_EFFECT,
            Mention.SILENCE_ON,
            Mention.IF_COMPLETE,
            Mention.RIGHT_TO_ATTESTATION,
            Mention.RIGHT_TO_REASONS,
        ),
    ),
    (gettext_lazy("Un calcul automatique"), (Mention.AUTOMATED_CALCULATION, Mention.RIGHT_TO_RULES)),
    (gettext_lazy("Contester"), (Mention.REMEDY_DELAYS, Mention.REMEDIES, Mention.MEDIATOR)),
)


@dataclass(frozen=True)
class Block:
    title: str
    lines: list[str]


def blocks(mentions: Mapping[str, str]) -> list[dict[str, Any]]:
    """As a mail's context holds them."""
    said = {Mention(code): text for code, text in mentions.items()}
    if said.get(Mention.MEDIATOR) and said[Mention.MEDIATOR] in said.get(Mention.REMEDIES, ""):
        del said[Mention.MEDIATOR]
    made = [Block(str(title), [said.pop(code) for code in codes if code in said]) for title, codes in _BLOCKS]
    made.append(Block(_("Votre demande"), _identity(said)))
    made.append(Block(_("Qui vous répond"), [*_author(said), *said.values()]))
    return [asdict(block) for block in made if block.lines]


def _identity(said: dict[Mention, str]) -> list[str]:
    lines = {
        Mention.REFERENCE: _("Référence : {text}"),
        Mention.RECEIVED_ON: _("Reçue le {text}"),
        Mention.DECIDED_ON: _("Réponse donnée le {text}"),
    }
    return [line.format(text=said.pop(code)) for code, line in lines.items() if code in said]


def _author(said: dict[Mention, str]) -> list[str]:
    first_name, name, function, service = (said.pop(code, "") for code in AUTHOR)
    if said.get(Mention.SERVICE) == service:
        del said[Mention.SERVICE]
    named = " ".join(filter(None, [first_name, name]))
    return [line for line in [", ".join(filter(None, [named, function, service]))] if line]
