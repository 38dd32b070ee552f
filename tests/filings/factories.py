"""Procedures, drafts and filings in a few words."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.utils import timezone

from tests.accounts.factories import account
from tests.household.homes import Home, couple
from xpassfam.accounts.models import Account
from xpassfam.documents.models import Document
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import publish_right, publish_vocabulary
from xpassfam.filings.actions import drafting, examining, sending
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import Organisation
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.actions import publish
from xpassfam.procedures.models import Version

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SYSTEM = Actor(kind="system")
FACTS = "Vous avez envoyé une attestation du 2 juillet 2026, qui a plus de trois mois."
_keys = count(1)

INCOME = """
code: T05
slug: quotient
title: Actualiser mon quotient familial
purpose: Pour que vos aides suivent vos ressources.
category: money
delay: {count: 5, unit: working_days}
silence: {effect: acceptance, basis: "CRPA, article L231-1"}
sections:
  - key: income
    title: Votre quotient
    fields:
      - {key: quotient, type: amount, label: Quotient familial, purpose: Calculer vos aides}
      - {key: month, type: date, label: Mois, purpose: Dater le quotient}
      - key: source
        type: choice
        label: Source
        purpose: Vérifier le quotient
        choices: [{value: caf, label: CAF}, {value: tax, label: Avis d’impôt}]
pieces:
  - {key: proof, label: Attestation CAF, kinds: [family_allowance_statement], why: Pour vérifier votre quotient.}
  - {key: note, label: Lettre, kinds: [other], why: Pour comprendre., indispensable: false}
reasons:
  - {code: M02, sentence: La pièce reçue est illisible., law: Article 4 du règlement des aides.}
  - {code: M03, sentence: La pièce reçue est trop ancienne., law: Article 4 du règlement des aides.}
effects:
  - {name: update_income, answers: {quotient: quotient, month: month, source: source}}
"""
ANSWERS = {"quotient": 98400, "month": "2026-10-01", "source": "caf"}


def procedure(text: str = INCOME) -> Version:
    organisation()
    return publish(text, by=SYSTEM, at=NOW)


def rights(*codes: str) -> None:
    """Those that ship, in force."""
    publish_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"), by=SYSTEM, at=NOW)
    for path in shipped.rights():
        if path.stem[:3].upper() in codes:
            publish_right(path.read_text(encoding="utf-8"), by=SYSTEM, at=NOW)


def organisation(**facts: Any) -> Organisation:
    """With what papers must say of it."""
    known = {
        "name": "Solidarité Familles Estuaire",
        "postal_address": "1 quai de la Fosse\n44000 Nantes",
        "support_phone": "02 61 91 44 00",
        "support_email": "assistance@solidarite-estuaire.example",
        "legal_profile": "asso",
        "appeal_body": "la commission de recours",
    }
    row = Organisation.objects.first() or Organisation()
    for name, value in {**known, **facts}.items():
        setattr(row, name, value)
    row.save()
    return row


@dataclass
class Desk:
    """A family, what it may file, and two agents."""

    home: Home
    version: Version
    nadia: Account
    claire: Account

    @property
    def access(self) -> ActingAccess:
        return self.home.access_of(self.home.holder)

    @property
    def camille(self) -> Actor:
        return self.home.holder.actor

    def draft(self, answers: dict[str, Any] | None = None, *, with_proof: bool = True, **more: Any) -> Filing:
        at = more.pop("at", timezone.now())
        version = more.pop("version", self.version)
        draft = drafting.start(version, access=self.access, start_key=f"k{next(_keys)}", at=at, **more)
        section = version.definition.sections[0].key
        given = ANSWERS if answers is None else answers
        drafting.save(draft, section=section, answers=given, seen=0, access=self.access, at=at)
        if with_proof:
            drafting.add_piece(draft, key="proof", document=self.document(), access=self.access, at=at)
        draft.refresh_from_db()
        return draft

    def filed(self, answers: dict[str, Any] | None = None, **more: Any) -> Filing:
        at = more.get("at", timezone.now())
        draft = self.draft(answers, **more)
        return sending.send(draft, access=self.home.access_of(self.home.holder), by=self.camille, at=at)

    def examined(self, **more: Any) -> Filing:
        return examining.take(self.filed(**more), by=self.nadia, at=timezone.now())

    def document(self, kind: str = "family_allowance_statement", **facts: Any) -> Document:
        return Document.objects.create(
            household=self.home.household,
            kind=kind,
            given_by=self.home.holder.person,
            given_at=timezone.now(),
            form_key=f"d{next(_keys)}",
            **{"issued_on": timezone.localdate(), **facts},
        )


def desk(text: str = INCOME) -> Desk:
    return Desk(couple(), procedure(text), agent("Nadia"), agent("Claire"))


def agent(first_name: str) -> Account:
    someone = account(role="agent", email=f"{first_name.lower()}@example.org")
    someone.first_name, someone.last_name, someone.job_title = first_name, "Ferrand", "gestionnaire"
    someone.save()
    return someone


REFUSAL = Verdict(Decision.Outcome.REFUSED, reasons=["M03"], facts=FACTS)
APPROVAL = Verdict(Decision.Outcome.APPROVED)


CONTEST = """
code: T14
slug: contester
title: Contester une décision
purpose: Une autre personne relit votre dossier.
category: rights
delay: {count: 2, unit: months}
sections:
  - key: grounds
    title: Ce que vous contestez
    fields:
      - {key: grounds, type: long_text, label: Pourquoi, purpose: Relire la décision}
reasons:
  - {code: M17, sentence: La réclamation n’apporte pas d’élément nouveau., law: Article 9 du règlement des aides.}
effects:
  - {name: contest, answers: {grounds: grounds}}
"""
MOVE = """
code: T01
slug: adresse
title: Déclarer un changement d’adresse
purpose: Pour que nos courriers vous suivent.
category: household
delay: {count: 5, unit: working_days}
sections:
  - key: move
    title: Votre nouvelle adresse
    fields:
      - {key: address, type: address, label: Adresse, purpose: Vous écrire}
      - {key: since, type: date, label: Date d’effet, purpose: Savoir dès quand}
effects:
  - {name: move, answers: {address: address, since: since}}
"""
PAIR = """
code: T04
slug: separation
title: Signaler une séparation
purpose: Pour que rien ne soit plus partagé.
category: household
decision: at_once
sections:
  - key: when
    title: La date
    fields:
      - {key: since, type: date, label: Depuis le, purpose: Dater la séparation}
effects:
  - {name: declare_separation, answers: {since: since}}
"""
ADDRESS = {"address": "3 rue Neuve", "postcode": "29000", "town": "Quimper", "commune": "29232", "country": "FR"}
