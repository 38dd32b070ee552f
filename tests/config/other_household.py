"""A household like any, of which nobody else may read or change a thing."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.filings.factories import INCOME, SYSTEM
from tests.household.homes import let_in
from tests.people.factories import Role, household, living, person
from tests.vault import samples
from xpassfam.accounts.models import Contestation, Passkey, Recovery
from xpassfam.certificates.actions.issuing import issue
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Certificate
from xpassfam.documents.models import Attached, Document, PendingUpload
from xpassfam.entitlements.models import Proposal
from xpassfam.filings.models import Agreement, Filing
from xpassfam.household.models import Change
from xpassfam.journal.models import Line
from xpassfam.payments.actions import change_bank_details, order
from xpassfam.payments.models import BankDetails, Batch, PaymentOrder
from xpassfam.people.access import for_account
from xpassfam.people.models import Access, Invitation, Person, Residence, Separation
from xpassfam.privacy.models import Export
from xpassfam.procedures.actions import publish
from xpassfam.register.models import Import
from xpassfam.support.actions.sending import Call, send
from xpassfam.support.models import Ticket
from xpassfam.vault.actions import keep, receive
from xpassfam.vault.models import File


class Other:
    """A household like any, with everything that can be asked for, and the words that nobody else may read."""

    def __init__(self):
        now = timezone.now()
        self.home = household("Foyer Zyvoisin", address="99 rue Zycachée", town="Zyville", file_number="ZY-999")
        facts = {"email": "zoe@zyvoisin.example", "phone": "+33639989999", "member_number": "ESF-2001-999999-Z"}
        self.person = person("Zoé Zyvoisin", **facts)
        zach = person("Zach Zyvoisin", email="zach@zyvoisin.example")
        living(self.person, self.home)
        living(zach, self.home, Role.PARTNER)
        let_in(self.person, self.home)
        let_in(zach, self.home)
        self.account = account(self.person, email="zoe@zyvoisin.example")
        sign_in(Client(), self.account.email)
        self.line = Line.objects.filter(account=self.account.public_id).latest("id")
        self.invitation = Invitation.objects.create(
            household=self.home,
            invited_by=self.person,
            person=zach,
            permission="all",
            created_at=now,
            sent_at=now,
            expires_at=now + timedelta(days=30),
        )
        self.child = person("Zita Zyvoisin", birth_date=(now - timedelta(days=3000)).date())
        living(self.child, self.home, Role.DEPENDENT_CHILD)
        self.change = Change.objects.create(
            household=self.home,
            person=None,
            field="address",
            before={"address": "99 rue Zycachée"},
            after={"address": "98 rue Zycachée"},
            status="pending",
            asked_by=self.person,
            asked_at=now,
            form_key="z",
        )
        self.bank_details = change_bank_details(
            self.home,
            holder="Zoé Zyvoisin",
            iban="FR76 3000 6000 0112 3456 7890 189",
            by=self.account.actor,
            at=now,
        )
        granted = {"amount_cents": 99_00, "label": "Aide Zyvoisin", "cause": "z", "by": self.account.actor, "at": now}
        self.order = order(self.home, **granted)
        facts = {"made_by": "Zyvoisin", "maker": "z", "form_key": "z", "count": 1, "total_cents": 99_00}
        self.batch = Batch.objects.create(made_at=now, **facts)
        self.contestation = Contestation.objects.create(
            account=self.account, line=self.line.hash, line_at=self.line.at, what="Zyvoisin", opened_at=now
        )
        kept = {"credential_id": "zy", "credential": b"zy", "name": "Zyvoisin", "created_at": now}
        self.passkey = Passkey.objects.create(account=self.account, **kept)
        self.recovery = Recovery.objects.create(
            account=self.account,
            loses_mailbox=False,
            started_at=now,
            opens_at=now + timedelta(days=3),
            expires_at=now + timedelta(days=30),
            stop_digest="z",
        )
        self.imported = Import.objects.create(asked_at=now, files=["Zyvoisin.csv"], state=Import.State.DONE)
        self._simulation(at=now)
        self._documents(at=now)
        self._filings(at=now)
        self._certificate(at=now)
        self._ticket(at=now)
        self._export(at=now)
        self.separation = Separation.objects.create(household=self.home, declared_by=self.person, declared_at=now)
        self.words = (
            "Zyvoisin",
            "zyvoisin",
            "Zycachée",
            "Zyville",
            "ZY-999",
            "999999",
            "06\u00a039\u00a098\u00a099\u00a099",
        )

    def _simulation(self, *, at):
        facts = {"code": "Z01", "title": "Droit", "since": at.date(), "source": "", "written_at": at, "written_by": "z"}
        proposal = Proposal.objects.create(**facts, written_by_name="Thierry Roux")
        self.simulation = proposal.simulations.create(digest="", day=at.date(), asked_at=at, ended_at=at)
        facts = {"is_gaining": True, "cents_before": 0, "cents_after": 99_00}
        self.simulation.homes.create(file_number="ZY-999", town="Zyville", **facts)

    def _documents(self, *, at):
        given, waiting = (receive([samples.pdf()], name="Zyvoisin.pdf", at=at) for _number in range(2))
        of_hers = {"household": self.home, "given_by": self.person}
        self.upload = PendingUpload.objects.create(**of_hers, file=waiting, sent_at=at)
        facts = {"kind": "other", "issued_on": at.date(), "given_at": at, "form_key": "z"}
        self.document = Document.objects.create(**of_hers, **facts)
        Attached.objects.create(document=self.document, file=given, rank=1)

    def _filings(self, *, at):
        of_hers = {"household": self.home, "filed_by": self.person, "started_at": at, "saved_at": at}
        of_hers["procedure_version"] = publish(INCOME, by=SYSTEM, at=at)
        said = [
            {"key": "income", "title": "", "rows": [{"key": "where", "label": "Adresse", "text": "99 rue Zycachée"}]}
        ]
        self.draft = Filing.objects.create(**of_hers, start_key="z1", answers={"source": "Zyvoisin"})
        sent = {"status": "received", "reference": "D-ZYVO-ISIN", "filed_at": at, "due_on": at.date()}
        self.filing = Filing.objects.create(**of_hers, start_key="z2", summary=said, **sent)
        asked = {"terms": {"since": "2026-11-01"}, "asked_at": at, "until": at.date()}
        self.agreement = Agreement.objects.create(filing=self.filing, household=self.home, **asked)
        how = {"side": "family", "author": "Zoé Zyvoisin", "text": "Zyvoisin", "sent_at": at, "form_key": "z"}
        self.message = self.filing.messages.create(**how)
        self.message.files.add(receive([samples.pdf()], name="Zyvoisin.pdf", at=at))

    def _certificate(self, *, at):
        [access] = for_account(self.account, on=timezone.localdate(at))
        composition = kind_of("composition")
        self.certificate = issue(access, kind=composition, form_key="z", by=self.account.actor, at=at)

    def _ticket(self, *, at):
        call = Call(topic="other", message="Le foyer Zyvoisin, 99 rue Zycachée")
        how = {"form_key": "z", "address": "192.0.2.99", "by": self.account.actor}
        self.ticket = send(call, account=self.account, at=at, **how)
        self.said = self.ticket.messages.get()
        self.said.files.add(receive([samples.pdf()], name="Zyvoisin.pdf", at=at))

    def _export(self, *, at):
        file = keep([b"zip"], name="Zyvoisin.zip", media_type=File.MediaType.ZIP, pages=1, at=at)
        facts = {"state": "ready", "asked_at": at, "ready_at": at, "expires_at": at + timedelta(days=7)}
        self.export = Export.objects.create(account=self.account, file=file, **facts)

    def state(self):
        """All that a stranger could have changed."""
        of_home = {"household": self.home}
        tables = (
            Access,
            Residence,
            Invitation,
            Separation,
            Change,
            BankDetails,
            PaymentOrder,
            Document,
            PendingUpload,
            Filing,
            Certificate,
            Agreement,
        )
        rows = [list(table.objects.filter(**of_home).order_by("pk").values()) for table in tables]
        rows.append(list(Recovery.objects.filter(account=self.account).values()))
        rows.append(list(Ticket.objects.filter(account=self.account).order_by("pk").values()))
        rows.append(list(Passkey.objects.filter(account=self.account).values()))
        rows.append(list(Export.objects.filter(account=self.account).order_by("pk").values()))
        return [*rows, list(Person.objects.filter(last_name="Zyvoisin").order_by("pk").values())]
