"""A family that lived here a while: a request decided, documents, certificates, payments, mails, calls for help, and
all that keeps an account safe.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from tests.accounts.steps import with_totp
from tests.filings.factories import APPROVAL, Desk, desk, organisation
from tests.vault import samples
from xpassfam.accounts.actions import choosing_channels, known_addresses
from xpassfam.accounts.actions.second_step import recovery_codes
from xpassfam.accounts.models import Alert, EmailChange, Freeze, Passkey, PhoneChange, Recovery, SignInTrouble
from xpassfam.certificates.actions.issuing import issue
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Signature
from xpassfam.documents.models import Attached
from xpassfam.filings.actions import deciding
from xpassfam.household import history as household
from xpassfam.journal.actions import write
from xpassfam.payments.actions import change_bank_details, order
from xpassfam.support.actions import continuing, holding_files, sending
from xpassfam.support.models import Ticket
from xpassfam.vault.actions import receive

IBAN = "FR76 3000 6000 0112 3456 7890 189"


@dataclass
class Life:
    desk: Desk

    @property
    def camille(self):
        return self.desk.home.holder

    @property
    def karim(self):
        return self.desk.home.partner

    @property
    def home(self):
        return self.desk.home.household


def a_life() -> Life:
    now = timezone.now()
    organisation(dpo_contact="dpo@solidarite-estuaire.example")
    life = Life(desk())
    filing = life.desk.examined()
    document = filing.pieces.get().document
    file = receive([samples.pdf()], name="attestation Camille Martin.pdf", at=now)
    Attached.objects.create(document=document, file=file, rank=1)
    deciding.decide(filing, APPROVAL, by=life.desk.nadia, seen=filing.version, at=now)
    filing.messages.create(
        side="family", author="Camille Martin", text="Merci, Camille", sent_at=now, form_key="m1"
    ).files.add(receive([samples.pdf()], name="photo Camille.pdf", at=now))
    change_bank_details(life.home, holder="Camille Martin", iban=IBAN, by=life.camille.actor, at=now)
    paid = order(
        life.home, amount_cents=5000, label="Aide", cause="c", by=life.desk.nadia.actor,
        at=now,
    )  # fmt: skip
    Signature.objects.create(name="Claire Delaunay", function="responsable", place="Nantes")
    issue(life.desk.access, kind=kind_of("composition"), form_key="k", by=life.camille.actor, at=now)
    reader = {"reader": "un agent, équipe Aides"}
    write(
        household.FILE_READ, by=life.desk.nadia.actor, at=now, household=life.home.public_id,
        facts=reader,
    )  # fmt: skip
    _asks_for_help(life)
    life.paid = paid
    return life


def _asks_for_help(life: Life) -> Ticket:
    """With a picture; and somebody who could not sign in named Karim's address."""
    now, camille = timezone.now(), life.camille
    held = holding_files.receive(
        [samples.photo("PNG")], name="écran de Camille.png", form_key="h1", address="192.0.2.7", at=now
    )
    call = sending.Call(topic="other", message="Camille Martin ne peut rien ouvrir.", uploads=(held.public_id,))
    known = sending.send(call, form_key="h1", account=camille, address="192.0.2.7", by=camille.actor, at=now)
    continuing.settle(known, by=camille.actor, at=now)
    stranger = sending.Call(topic="sign_in", message="Rien ne vient.", identifier=life.karim.email)
    sending.send(stranger, form_key="h2", account=None, address="192.0.2.8", by=life.karim.actor, at=now)
    return known


def keep_safe(life: Life) -> None:
    """From then on her sign-in has two steps."""
    now, mine = timezone.now(), life.camille
    later = now + timedelta(days=2)
    with_totp(mine)
    recovery_codes.make(mine, device="Firefox de Camille", at=now)
    Passkey.objects.create(
        account=mine, credential_id="c", credential=b"c", name="Téléphone de Camille", created_at=now
    )
    choosing_channels.be_discreet(mine, email_is_shared=False, phone_is_shared=True, device="", at=now)
    known_addresses.note(at=now)
    PhoneChange.objects.create(account=mine, number="+33639980001", digest="d", sent_at=now, expires_at=later)
    Alert.objects.create(
        account=mine, digest="a", kind="accounts.x", created_at=now,
        expires_at=later,
    )  # fmt: skip
    EmailChange.objects.create(
        account=mine, old_email="camille.avant@example.org", new_email=mine.email, asked_at=now, sent_at=now,
        digest="e", asked_on="Firefox de Camille", confirmed_at=now,
    )  # fmt: skip
    Freeze.objects.create(account=mine, reason="email_change", since=now - timedelta(days=3), until=now)
    Recovery.objects.create(
        account=mine, loses_mailbox=False, started_at=now, opens_at=later, expires_at=later, stop_digest="s",
        new_email="camille.apres@example.org",
    )  # fmt: skip
    SignInTrouble.objects.create(
        who="w", account=mine.public_id, cause="wrong", day=timezone.localdate(now), first_at=now, last_at=now,
        device="Firefox de Camille",
    )  # fmt: skip
