"""Each mail, with the words it has until an organisation writes its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

SEE = _("Voir ma demande")
COMMON = ("prenom", "demande", "reference", "envoyee_le", "date_limite")


@dataclass(frozen=True)
class MailEvent:
    """`gaps`: what its words may name besides `COMMON`. `link`: the words of the button to the filing's page."""

    code: str
    label: Words
    subject: Words
    body: Words
    link: Words = SEE
    more_gaps: tuple[str, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        return COMMON + self.more_gaps


_ALL = (
    MailEvent(
        "acknowledgement",
        _("Demande envoyée"),
        _("C’est bien reçu : {demande}"),
        _("Bonjour {prenom},\n\nNous avons reçu « {demande} ». Gardez la référence : {reference}."),
    ),
    MailEvent(
        "to_complete",
        _("Demande à compléter"),
        _("À compléter au plus tard le {date_limite} : {demande}"),
        _(
            "Bonjour {prenom},\n\nIl nous manque quelque chose pour répondre à « {demande} ». Envoyez-le au plus tard "
            "le {date_limite}, depuis la page de votre demande."
        ),
        _("Compléter ma demande"),
    ),
    MailEvent(
        "reminder",
        _("Rappel de ce qui manque"),
        _("Plus que quelques jours pour compléter : {demande}"),
        _(
            "Bonjour {prenom},\n\nNous attendons encore quelque chose pour « {demande} ». Sans cela, votre "
            "demande s’arrêtera après le {date_limite}. Vous pourrez la reprendre avec ce que vous avez déjà donné."
        ),
        _("Compléter ma demande"),
    ),
    MailEvent(
        "reminder_optional",
        _("Rappel de ce qui aiderait"),
        _("Plus que quelques jours pour compléter : {demande}"),
        _(
            "Bonjour {prenom},\n\nNous attendons encore un document pour « {demande} ». Il nous aiderait, et n’est pas "
            "indispensable : sans lui, nous continuerons après le {date_limite}."
        ),
        _("Compléter ma demande"),
    ),
    MailEvent(
        "resumed",
        _("Examen qui continue sans ce qui était demandé"),
        _("Nous continuons sans ce document : {demande}"),
        _(
            "Bonjour {prenom},\n\nCe que nous vous demandions pour « {demande} » n’est pas arrivé. Ce n’est pas "
            "indispensable : nous continuons sans. Vous aurez une réponse au plus tard le {date_limite}.\n\nVous "
            "l’avez maintenant ? Joignez-le à un message, depuis la page de votre demande."
        ),
    ),
    MailEvent(
        "extended",
        _("Délai prolongé"),
        _("Vous avez jusqu’au {date_limite} : {demande}"),
        _("Bonjour {prenom},\n\nVous avez plus de temps pour compléter « {demande} » : jusqu’au {date_limite}."),
        _("Compléter ma demande"),
    ),
    MailEvent(
        "completed",
        _("Demande complétée"),
        _("Nous avons ce qui manquait : {demande}"),
        _(
            "Bonjour {prenom},\n\nNous avons reçu ce qui manquait à « {demande} ». C’est à nous : vous aurez une "
            "réponse au plus tard le {date_limite}."
        ),
    ),
    MailEvent(
        "expired",
        _("Demande arrêtée, sans réponse de la famille"),
        _("Votre demande s’est arrêtée : {demande}"),
        _(
            "Bonjour {prenom},\n\nCe que nous attendions pour « {demande} » n’est pas arrivé à temps : la demande "
            "s’est arrêtée. Vous pouvez la reprendre : vos réponses et vos documents sont gardés."
        ),
        _("Reprendre ma demande"),
    ),
    MailEvent(
        "withdrawn",
        _("Demande retirée"),
        _("Vous avez retiré votre demande : {demande}"),
        _(
            "Bonjour {prenom},\n\nVous avez retiré « {demande} » : nous n’y répondrons pas. Vous pourrez la refaire "
            "quand vous voudrez.\n\nCe n’était pas vous ? Changez votre mot de passe, puis appelez-nous."
        ),
    ),
    MailEvent(
        "referred",
        _("Demande passée en commission"),
        _("Votre demande passe en commission le {commission_le}"),
        _(
            "Bonjour {prenom},\n\nUne commission regardera « {demande} » le {commission_le}. Vous n’avez rien à "
            "faire : nous vous écrirons ensuite."
        ),
        more_gaps=("commission_le",),
    ),
    MailEvent(
        "rescheduled",
        _("Autre jour de commission"),
        _("Nouveau jour de commission, le {commission_le} : {demande}"),
        _(
            "Bonjour {prenom},\n\nLe jour a changé : une commission regardera « {demande} » le {commission_le}, et "
            "non plus le {commission_prevue_le}. Vous n’avez rien à faire : nous vous écrirons ensuite."
        ),
        more_gaps=("commission_le", "commission_prevue_le"),
    ),
    MailEvent(
        "recalled",
        _("Demande retirée de la commission"),
        _("Votre demande ne passe plus en commission : {demande}"),
        _(
            "Bonjour {prenom},\n\n« {demande} » devait passer en commission le {commission_prevue_le}. Elle n’y passe "
            "plus : un agent l’examine. Vous n’avez rien à faire : nous vous écrirons ensuite."
        ),
        more_gaps=("commission_prevue_le",),
    ),
    MailEvent(
        "other_parent",
        _("Réponse de l’autre parent"),
        _("L’autre parent a répondu : {demande}"),
        _(
            "Bonjour {prenom},\n\nL’autre parent nous a répondu, pour « {demande} ». Vous n’avez rien à faire : un "
            "agent lit vos deux réponses, puis vous aurez la sienne."
        ),
    ),
    MailEvent(
        "decided",
        _("Réponse donnée"),
        _("Votre demande est {resultat} : {demande}"),
        _("Bonjour {prenom},\n\nNous avons répondu à « {demande} » : elle est {resultat}."),
        _("Lire la réponse"),
        ("resultat",),
    ),
    MailEvent(
        "reserve_lifted",
        _("Réserve levée"),
        _("C’est complet : {demande} prend effet"),
        _("Bonjour {prenom},\n\nNous avons reçu ce que nous attendions pour « {demande} » : elle est validée."),
    ),
    MailEvent(
        "replaced",
        _("Déclaration corrigée par quelqu’un d’autre"),
        _("Une correction remplace votre demande : {demande}"),
        _(
            "Bonjour {prenom},\n\nQuelqu’un d’autre a corrigé ce que vous aviez déclaré dans « {demande} », le "
            "{envoyee_le}. Nous avons accepté cette correction : elle remplace votre demande, que vous pouvez toujours "
            "lire.\n\nCe n’est pas juste ? Écrivez-nous depuis la page de votre demande."
        ),
    ),
    MailEvent(
        "closed",
        _("Demande classée sans suite"),
        _("Votre demande est classée sans suite : {demande}"),
        _(
            "Bonjour {prenom},\n\nNous avons classé « {demande} » sans suite. La raison : {motif}\n\nCe n’est pas ce "
            "que vous attendiez ? Écrivez-nous depuis la page de la demande."
        ),
        more_gaps=("motif",),
    ),
    MailEvent(
        "message",
        _("Message d’un agent"),
        _("Un message sur votre demande : {demande}"),
        _("Bonjour {prenom},\n\n{agent} vous a écrit au sujet de « {demande} ». Lisez et répondez sur la page."),
        _("Lire le message"),
        ("agent",),
    ),
    MailEvent(
        "destroyed",
        _("Fichier détruit par l’antivirus"),
        _("Un fichier est à redonner : {demande}"),
        _(
            "Bonjour {prenom},\n\nVous nous avez envoyé {fichier} pour « {demande} ». Ce fichier contenait un virus : "
            "notre antivirus l’a détruit, et personne ne l’a ouvert. Vos réponses et vos autres fichiers sont bien là."
            "\n\nFaites vérifier votre appareil. Puis donnez ce document à nouveau, depuis la page de votre demande : "
            "une photo prise avec un téléphone suffit."
        ),
        more_gaps=("fichier",),
    ),
    MailEvent(
        "draft_ends",
        _("Brouillon bientôt supprimé"),
        _("Votre demande n’est pas envoyée : {demande}"),
        _(
            "Bonjour {prenom},\n\nVous avez commencé « {demande} », sans l’envoyer. Ce brouillon sera supprimé le "
            "{date_limite}. Vos réponses sont gardées jusque-là."
        ),
        _("Reprendre mon brouillon"),
    ),
    MailEvent(
        "silence_acceptance",
        _("Silence qui vaut acceptation (administrations)"),
        _("Votre demande est considérée comme acceptée : {demande}"),
        _(
            "Bonjour {prenom},\n\nNous n’avons pas répondu à temps à « {demande} ». La loi la considère comme "
            "acceptée. Un agent va l’enregistrer : vous n’avez rien à faire."
        ),
    ),
    MailEvent(
        "silence_rejection",
        _("Silence qui vaut refus (administrations)"),
        _("Votre demande est considérée comme refusée : {demande}"),
        _(
            "Bonjour {prenom},\n\nNous n’avons pas répondu à temps à « {demande} ». La loi la considère comme "
            "refusée. Nous pouvons encore vous répondre ; vous pouvez aussi contester."
        ),
    ),
)
EVENTS = {event.code: event for event in _ALL}
# Only administrations write these.
OF_SILENCE = ("silence_acceptance", "silence_rejection")


def offered(profile: str) -> list[MailEvent]:
    """Those that an organisation of this profile sends."""
    return [event for event in _ALL if profile == "adm" or event.code not in OF_SILENCE]
