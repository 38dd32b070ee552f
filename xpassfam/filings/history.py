"""What the history says of a filing."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, Kind, declare
from xpassfam.rules.retention import CONSULTATIONS, FILE, Retention

# Who judged a piece that was destroyed, where agents have their name.
BY_SCANNER = _("L’antivirus")

_OWN: dict[str, Kind] = {}


def _told(code: str, sentence: object, *, kept: Retention = FILE) -> Kind:
    """Twice: what all the adults of the home read, and what is somebody's own."""
    _OWN[code] = declare(f"{code}_own", sentence, audience=Audience.SELF, kept=kept)  # type: ignore[arg-type]
    return declare(code, sentence, audience=Audience.HOUSEHOLD, kept=kept)  # type: ignore[arg-type]


def own(kind: Kind) -> Kind:
    return _OWN[kind.code]


FILED = _told("filings.filed", _("Demande {reference} envoyée : {title}."))
COMPLETED = _told("filings.completed", _("Demande {reference} complétée : {title}."))
WITHDRAWN = _told("filings.withdrawn", _("Demande {reference} retirée : {title}."))
HURRIED = _told("filings.hurried", _("Demande {reference} relancée : {title}."))
WRITTEN = _told("filings.written", _("Message sur la demande {reference}."))
READ = _told("filings.read", _("Lecture de la demande {reference}."), kept=CONSULTATIONS)
ARCHIVE_OPENED = _told(
    "filings.archive_opened", _("Demande {reference}, archivée : ouverte par un agent. {reason}"), kept=CONSULTATIONS
)
ACKNOWLEDGEMENT_TAKEN = _told(
    "filings.acknowledgement_taken",
    _("Téléchargement de l’accusé de réception de la demande {reference}."),
    kept=CONSULTATIONS,
)
DECISION_TAKEN = _told(
    "filings.decision_taken", _("Téléchargement de la décision sur la demande {reference}."), kept=CONSULTATIONS
)
FILE_TAKEN = _told(
    "filings.file_taken",
    _("Téléchargement d’un fichier d’un message sur la demande {reference}."),
    kept=CONSULTATIONS,
)
TAKINGS = (ACKNOWLEDGEMENT_TAKEN, DECISION_TAKEN, FILE_TAKEN)
EXAMINED = _told("filings.examined", _("Demande {reference} prise en charge : {title}."))
REFERRED = _told("filings.referred", _("Demande {reference} transmise à la commission du {on}."))
RESCHEDULED = _told(
    "filings.rescheduled", _("Demande {reference} : elle passe en commission le {on}, et non plus le {before}.")
)
RECALLED = _told(
    "filings.recalled", _("Demande {reference} : elle ne passe plus en commission le {on}, un agent l’examine.")
)
ASKED = _told("filings.asked", _("Demande {reference} à compléter au plus tard le {until} : {what}."))
EXTENDED = _told("filings.extended", _("Demande {reference} : nouveau délai pour compléter, jusqu’au {until}."))
DECIDED = _told("filings.decided", _("Demande {reference}, {title} : {outcome}."))
RESERVE_LIFTED = _told("filings.reserve_lifted", _("Demande {reference} : la réserve est levée."))
CLOSED = _told("filings.closed", _("Demande {reference} classée sans suite : {reason}"))
RESUMED = _told("filings.resumed", _("Demande {reference} : l’examen continue sans ce qui était demandé."))
EXPIRED = _told("filings.expired", _("Demande {reference} arrêtée : rien n’est arrivé jusqu’au {until}."))
REOPENED = _told(
    "filings.reopened", _("Demande {reference} : la décision est retirée, la demande est examinée à nouveau.")
)
CONTESTED = _told("filings.contested", _("Décision de la demande {reference} contestée."))
LINKED = _told("filings.linked", _("Réclamation {reference} rattachée à la décision qu’elle conteste."))
UNLINKED = _told("filings.unlinked", _("Réclamation {reference} : elle n’est plus rattachée à une décision."))
NO_LONGER_CONTESTED = _told(
    "filings.no_longer_contested", _("Décision de la demande {reference} : elle n’est plus contestée.")
)
UPHELD = _told("filings.upheld", _("Décision de la demande {reference} maintenue après contestation."))
CORRECTED = _told("filings.corrected", _("Correction de la demande {reference} envoyée."))
REPLACED = _told("filings.replaced", _("Demande {reference} : sa correction est acceptée et la remplace."))
SILENCE = _told("filings.silence", _("Demande {reference} : pas de réponse au {on}. {effect}"))
EFFECT = _told("filings.effect", _("Suite de la demande {reference} : {what}."))
DESTROYED = _told("filings.destroyed", _("Demande {reference} : {what} contenait un virus. Ce fichier a été détruit."))
PROPOSED = declare(
    "filings.proposed",
    _("Demande {reference} : validation proposée, un autre agent doit la confirmer."),
    audience=Audience.STAFF,
)
SENT_BACK = declare(
    "filings.sent_back", _("Demande {reference} : validation proposée, puis renvoyée."), audience=Audience.STAFF
)
AGREEMENT_AWAITED = _told(
    "filings.agreement_awaited", _("Demande {reference} : l’accord de l’autre parent est attendu.")
)
AGREEMENT_COME = _told("filings.agreement_come", _("Demande {reference} : l’autre parent a répondu."))
# In the history of the other parent: what was filed elsewhere has no reference there.
AGREEMENT_ASKED = _told("filings.agreement_asked", _("Votre accord est demandé : résidence alternée pour {name}."))
AGREEMENT_GIVEN = _told("filings.agreement_given", _("Résidence alternée pour {name}, votre réponse : {answer}."))
AGREEMENT_ENDED = _told(
    "filings.agreement_ended", _("Résidence alternée pour {name} : la demande est terminée, rien ne change.")
)
CHILD_SHARED = declare(
    "filings.child_shared",
    _("Résidence alternée de {name} : l’enfant vit aussi dans votre foyer."),
    audience=Audience.HOUSEHOLD,
)
MAIL_WRITTEN = declare(
    "filings.mail_written", _("Le texte de l’e-mail « {mail} » a été changé."), audience=Audience.STAFF
)
MAIL_RESTORED = declare(
    "filings.mail_restored",
    _("L’e-mail « {mail} » a retrouvé son texte d’origine."),
    audience=Audience.STAFF,
)
