"""What the demo's families gave: one of each state, on papers of invented offices. Nothing twice."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from xpassfam.accounts.models import Account
from xpassfam.documents.actions import giving, judging, uploading
from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import Document, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.pdf.typesetting import draw, typeset
from xpassfam.people import access as accesses
from xpassfam.people.models import Household, Person
from xpassfam.rules.identifiers import fold
from xpassfam.ui.words import full_day

AGENT = Actor(kind="agent", name="Nadia Ferrand")
PAPER = "documents/paper/invented.typ"
CAMILLE, HELENE = "camille.martin@example.org", "helene.rousseau@example.org"
AMINATA = "aminata.traore@example.org"


@dataclass(frozen=True)
class Paper:
    """`about`: a first name of the home, folded. `days`: how long ago it was given; `age`: how old it was then, or
    `issued`: the day that it bears. `lasts`: how many days from then until its own end, or `ends`: that day. It
    `renews` what the same person gave of that kind; `again` is why an agent asked for it again.
    """

    giver: str
    kind: str
    office: str
    days: int
    about: str = ""
    age: int = 4
    rows: Mapping[str, str] = field(default_factory=dict)
    is_photo: bool = False
    verdict: Verdict = Verdict.ACCEPTED
    reason: str = ""
    lasts: int = 0
    issued: date | None = None
    ends: date | None = None
    renews: bool = False
    again: str = ""


def papers() -> list[Paper]:
    return [
        Paper(
            CAMILLE, "family_allowance_statement", _("Caisse d’allocations familiales"), 40, about="camille",
            rows={_("Quotient familial"): "620 €", _("Enfants à charge"): "2"},
        ),
        Paper(CAMILLE, "proof_of_address", _("Électricité de l’Estuaire"), 220, rows={_("Montant payé"): "84,10 €"}),
        Paper(CAMILLE, "proof_of_address", _("Électricité de l’Estuaire"), 68, rows={_("Montant payé"): "91,40 €"},
              renews=True),
        Paper(CAMILLE, "identity", _("Préfecture de l’Estuaire"), 300, about="camille", lasts=2400),
        Paper(CAMILLE, "school_certificate", _("École des Marsauderies"), 60, about="ines",
              rows={_("Classe"): "CM1", _("Année scolaire"): "2026-2027"}),
        Paper(CAMILLE, "birth_certificate", _("Mairie de Nantes"), 300, about="adam", is_photo=True,
              rows={_("Né le"): full_day(date(2023, 2, 9)), _("À"): "Nantes"}),
        Paper(CAMILLE, "bank_details", _("Banque de l’Estuaire"), 3, about="camille", verdict=Verdict.PENDING,
              rows={"IBAN": "FR76 3000 6000 0112 3456 7890 189", "BIC": "AGRIFRPPXXX"}),
        Paper(AMINATA, "school_certificate", _("Université de la Doua"), 66, about="lea", issued=date(2026, 9, 8),
              rows={_("Année universitaire"): "2026-2027", _("Inscrite en"): _("licence 2")}),
        Paper(AMINATA, "disability_decision", _("Maison départementale des personnes handicapées"), 210, about="sekou",
              issued=date(2026, 3, 2), ends=date(2029, 8, 31), rows={_("Décision"): _("AEEH accordée")}),
        Paper(HELENE, "tax_notice", _("Finances publiques"), 20, about="helene", age=90,
              rows={_("Revenu fiscal de référence"): "31 480 €", _("Nombre de parts"): "3,5"}),
        Paper(HELENE, "school_certificate", _("Collège Anne-de-Bretagne"), 12, about="louis", is_photo=True,
              verdict=Verdict.REFUSED,
              reason=_("L’année scolaire est coupée sur la photo. Reprenez-la avec toute la feuille.")),
        Paper(HELENE, "bank_details", _("Banque de l’Estuaire"), 150, about="helene",
              rows={"IBAN": "FR76 1027 8000 0100 0765 4321 062", "BIC": "CMCIFR2A"},
              again=_("La banque nous dit que ce compte est fermé. Donnez-nous le RIB du nouveau.")),
    ]  # fmt: skip


def load(*, at: datetime) -> None:
    if Document.objects.exists():
        return
    for number, paper in enumerate(papers()):
        _give(paper, number, now=at)


def _give(paper: Paper, number: int, *, now: datetime) -> None:
    account = Account.objects.select_related("person").filter(email=paper.giver, blocked_at=None).first()
    at = now - timedelta(days=paper.days)
    access = account and accesses.choose(accesses.for_account(account, on=timezone.localdate(now)))
    if not account or not access:
        return
    persons = Person.objects.visible_to(access)
    about = next((one for one in persons if fold(one.first_name) == paper.about), None)
    home = Household.objects.get(pk=access.household_id)
    issued_on = paper.issued or timezone.localdate(at) - timedelta(days=paper.age)
    name = "IMG_2041.jpg" if paper.is_photo else "document.pdf"
    content = _content(paper, home, about, issued_on)
    upload = uploading.keep([content], name=name, access=access, at=at, is_ours=True)
    known = Document.objects.filter(household=home, person=about, kind=paper.kind, given_at__lt=at)
    document = giving.receive(
        home,
        kind=kind_of(paper.kind),
        person=about,
        uploads=[upload],
        access=access,
        form_key=f"demo-{number}",
        issued_on=issued_on,
        ends_on=paper.ends or (timezone.localdate(at) + timedelta(days=paper.lasts) if paper.lasts else None),
        replaces=known.latest("given_at") if paper.renews else None,
        by=account.actor,
        at=at,
    )
    if paper.verdict != Verdict.PENDING:
        later = at + timedelta(days=1)
        judging.judge(document, verdict=paper.verdict, reason=paper.reason, by=AGENT, at=later)
    if paper.again:
        judging.ask_again(document, reason=paper.again, by=AGENT, at=now - timedelta(days=2))


def _content(paper: Paper, home: Household, about: Person | None, issued_on: date) -> bytes:
    data = {
        "title": kind_of(paper.kind).label,
        "office": paper.office,
        "date": full_day(issued_on),
        "to": [home.name, *filter(None, [*home.address.split("\n"), f"{home.postcode} {home.town}"])],
        "rows": [[_("Pour"), str(about or home.name)], *([one, value] for one, value in paper.rows.items())],
        "words": _("Ce document est délivré pour servir et valoir ce que de droit."),
        "foot": _("Document inventé pour la démonstration. Il n’a aucune valeur."),
    }
    return _photographed(draw(PAPER, data, ppi=120)[0]) if paper.is_photo else typeset(PAPER, data)


def _photographed(page: bytes) -> bytes:
    """A little askew, on a table."""
    sheet = Image.open(io.BytesIO(page)).convert("RGB")
    table = Image.new("RGB", (sheet.width + 160, sheet.height + 160), (150, 118, 86))
    askew = sheet.convert("RGBA").rotate(1.6, expand=True, resample=Image.Resampling.BICUBIC)
    table.paste(askew, ((table.width - askew.width) // 2, (table.height - askew.height) // 2), askew)
    out = io.BytesIO()
    table.save(out, "JPEG", quality=80)
    return out.getvalue()
