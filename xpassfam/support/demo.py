"""Tickets of the demo's families: one about to be late, one that waits for its family, one unproved, and a past that
was measured. Everything is told by the actions themselves; only their hours are moved back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.organisation import promise
from xpassfam.organisation.calendar import is_working
from xpassfam.rules import promises
from xpassfam.support.actions import answering, sending
from xpassfam.support.actions.sending import Call
from xpassfam.support.models import AnswerTemplate, Ticket
from xpassfam.support.models.ticket import Channel, Proof, Topic, Tried

AGENT = "nadia.ferrand@solidarite-estuaire.example"
ELSEWHERE = "203.0.113.7"  # an address that nobody has (RFC 5737)
CAMILLE, SOPHIE, LINH, YANN = (
    "camille.martin@example.org",
    "sophie.petit@example.org",
    "linh.nguyen@example.org",
    "yann.legoff@example.org",
)


@dataclass(frozen=True)
class Story:
    """`working_hours` ago, on the calendar of the promise."""

    email: str
    topic: str
    text: str
    working_hours: int
    device: str = ""
    browser: str = ""
    tried: tuple[str, ...] = ()


def templates() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("Verr. Maj., compte en pause"),
            _(
                "Bonjour {prenom},\nla connexion est en pause après plusieurs essais. Vérifiez que la touche "
                "Verr. Maj. est éteinte, attendez l’heure affichée, puis réessayez.\n\n{agent}"
            ),
        ),
        (
            _("E-mail qui n’arrive pas"),
            _(
                "Bonjour {prenom},\nregardez dans les indésirables et la corbeille. Si votre boîte est pleine, faites "
                "un peu de place : nous renverrons le lien. Demande {reference}.\n\n{agent}"
            ),
        ),
        (
            _("Appel sans réponse"),
            _("Bonjour {prenom},\nnous vous avons appelé sans vous joindre. Dites-nous quand rappeler.\n\n{agent}"),
        ),
    )


def stories() -> tuple[Story, ...]:
    return (
        Story(
            SOPHIE,
            Topic.OTHER,
            _("Je voudrais changer le numéro de téléphone qui reçoit mes codes."),
            2,
            device=_("Téléphone Android 16"),
            browser="Chrome 156",
        ),
        Story(
            CAMILLE,
            Topic.REQUEST,
            _("L’attestation de composition ne s’ouvre pas sur ma tablette."),
            41,
            device="iPad, iPadOS 26",
            browser="Safari 26",
            tried=(Tried.DEVICE, Tried.BROWSER),
        ),
    )


def load(*, at: datetime) -> None:
    """Once: what a visitor changed stays."""
    for position, (title, text) in enumerate(templates(), 1):
        AnswerTemplate.objects.get_or_create(title=title, defaults={"text": text, "position": position})
    agent = Account.objects.filter(email=AGENT).first()
    if agent is None or Ticket.objects.exists():
        return
    for number, story in enumerate(stories()):
        _told(story, key=f"demo-{number}", at=_before(at, story.working_hours))
    _waiting(agent, at=at)
    _unproved(at=at)
    _past(agent, at=at)


def _told(story: Story, *, key: str, at: datetime) -> Ticket | None:
    account = Account.objects.select_related("person").filter(email=story.email).first()
    if account is None:
        return None
    call = Call(topic=story.topic, message=story.text, tried=story.tried, device=story.device, browser=story.browser)
    return sending.send(call, form_key=key, account=account, address=ELSEWHERE, by=account.actor, at=at)


def _waiting(agent: Account, *, at: datetime) -> None:
    asked = Story(LINH, Topic.OTHER, _("Comment donner à ma mère l’accès à mon dossier, pour un mois seulement ?"), 60)
    ticket = _told(asked, key="demo-waiting", at=_before(at, asked.working_hours))
    if ticket:
        text = _(
            "Bonjour Linh, ouvrez « Foyer », puis « Qui a accès », et invitez-la. Pour combien de temps le "
            "voulez-vous ?"
        )
        then = _before(at, 50)
        answering.answer(ticket, text=text, closes=False, form_key="demo-answer", by=agent, at=then)


def _unproved(*, at: datetime) -> None:
    """Gérard has no account yet: he is heard all the same."""
    call = Call(
        topic=Topic.ACTIVATION,
        message=_("Je n’ai jamais reçu la lettre avec le code. Appelez-moi, je ne lis pas souvent mes e-mails."),
        identifier="ESF-1998-094147-J",
        channel=Channel.PHONE,
        phone="06 39 98 77 01",
        device=_("Ordinateur Windows"),
        browser="Firefox 152",
        tried=(Tried.WAITED,),
    )
    visitor = Actor(kind="visitor")
    sending.send(call, form_key="demo-unproved", account=None, address=ELSEWHERE, by=visitor, at=_before(at, 20))


def _past(agent: Account, *, at: datetime) -> None:
    """Enough answers for a figure: all in time but one."""
    for number in range(24):
        account = Account.objects.filter(email=(CAMILLE, SOPHIE, LINH, YANN)[number % 4]).first()
        if account is None:
            continue
        received = _before(at, 24 * (number * 2 + 5))
        took = 60 if number == 11 else 2 + number
        answered = promises.due_at(received, took, promise.calendar())
        Ticket.objects.create(
            form_key=f"demo-past-{number}",
            account=account,
            person=account.person,
            proof=Proof.SIGNED_IN,
            identifier=account.email,
            topic=(Topic.SIGN_IN, Topic.PASSWORD, Topic.REQUEST, Topic.OTHER)[number % 3],
            title=_("Une question réglée depuis"),
            state="closed",
            received_at=received,
            turn_since=answered,
            first_due_at=promise.due_at(received),
            due_at=promise.due_at(received),
            warn_at=promise.due_at(received, share=0.75),
            first_answered_at=answered,
            closed_at=answered,
            assigned_to=agent,
        )


def _before(at: datetime, working_hours: int) -> datetime:
    """An instant from which so many of the promised hours have run by now, or a little fewer."""
    hour = timedelta(hours=1)
    then = at
    while working_hours:
        then -= hour
        working_hours -= is_working(timezone.localdate(then))
    return then
