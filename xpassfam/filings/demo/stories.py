"""What the first families lived: a birth and a move approved long ago, a refusal contested, a request to complete."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings import history, telling
from xpassfam.filings.actions import clock, examining, following
from xpassfam.filings.demo.players import Cast, Family
from xpassfam.filings.holding import hold, step
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.paper import coding, facts
from xpassfam.filings.states import Event, Status
from xpassfam.filings.verdicts import Verdict

CAMILLE, MAELLE, HELENE, LINH = (
    "camille.martin@example.org",
    "maelle.legoff@example.org",
    "helene.rousseau@example.org",
    "linh.nguyen@example.org",
)
NANTES = "44109"
ADAM_BORN = date(2023, 2, 9)


def tell(cast: Cast) -> None:
    if camille := cast.family(CAMILLE):
        _long_ago(cast, camille)
        _to_complete(cast, camille)
        _answered_by_message(cast, camille)
    if maelle := cast.family(MAELLE):
        _refused_then_contested(cast, maelle)
    _drafts(cast)


def quotient(cast: Cast, *, days: float, cents: int = 98400, months: int = 0) -> dict[str, Any]:
    day = timezone.localdate(cast.ago(days)) - timedelta(days=10 + 30 * months)
    return {"source": "caf", "quotient": cents, "month": day.isoformat(), "changed": False}


def _long_ago(cast: Cast, camille: Family) -> None:
    """Adam, then the move. The register knows both: what was decided has taken effect."""
    child = {"link": "own", "last_name": "Benali", "first_names": "Adam", "birth_date": ADAM_BORN.isoformat()}
    home = {"since": ADAM_BORN.isoformat(), "residence": "here"}
    pieces = {"birth": "birth_certificate"}
    adam = cast.file(camille, "D02", {"child": child, "home": home}, pieces=pieces, days=306)
    _approved_long_ago(cast, adam, days=300)
    household = camille.home
    address = {"address": household.address, "postcode": household.postcode, "town": household.town}
    address |= {"commune": NANTES, "country": "FR"}
    moved = timezone.localdate(cast.ago(202)).isoformat()
    new_home = {"address": address, "since": moved, "is_hosted": False}
    people = {"all_move": True}
    proof = {"proof": "proof_of_address"}
    move = cast.file(camille, "D01", {"new_home": new_home, "people": people}, pieces=proof, days=204)
    _approved_long_ago(cast, move, days=200)


def _approved_long_ago(cast: Cast, filed: Filing, *, days: float) -> None:
    """As `deciding.decide` does, without effects: the register that was imported since has them."""
    at, nadia = cast.ago(days), cast.nadia
    taken = cast.take(filed, nadia, days=days + 1)
    for piece in taken.pieces.all():
        cast.judge(piece, "accepted", nadia, days=days)
    filing = hold(taken)
    decision = Decision(filing=filing, outcome="approved", decided_at=at, decided_by=nadia)
    decision.author, decision.effects_at = facts.author_of(nadia), at
    decision.letter = facts.letter(decision) | {"check": coding.bear(coding.DECISION, filing, at=at)}
    filing.ended_at = filing.read_at = at
    step(filing, Event.APPROVE, "ended_at", "read_at")
    decision.save(force_insert=True)
    telling.record(filing, history.DECIDED, by=nadia.actor, at=at, outcome=str(Status.APPROVED.label))


def _to_complete(cast: Cast, camille: Family) -> None:
    answers = {"quotient": quotient(cast, days=9)}
    filed = cast.file(camille, "D05", answers, pieces={"statement": "family_allowance_statement"}, days=9)
    taken = cast.take(filed, cast.olivier, days=7)
    why = _("Le bas de la page est coupé : on ne lit pas le quotient.")
    cast.judge(taken.pieces.get(), "unreadable", cast.olivier, why, days=7)
    taken.refresh_from_db()
    examining.ask(
        taken,
        fields=[],
        pieces=["statement"],
        text=_("Le bas de votre attestation est coupé. Envoyez-nous la page entière, ou le PDF de votre espace CAF."),
        until=timezone.localdate(cast.now) + timedelta(days=4),
        seen=taken.version,
        by=cast.olivier,
        at=cast.ago(7),
    )
    clock.remind(at=cast.ago(1))


def _answered_by_message(cast: Cast, camille: Family) -> None:
    certificate = {"kind": "household", "note": _("Pour l’école d’Inès")}
    filed = cast.file(camille, "F04", {"certificate": certificate}, days=2)
    taken = cast.take(filed, cast.nadia, days=1)
    text = _("Est-ce pour l’inscription à la cantine ? Le service a besoin du nom de l’école.")
    following.write(taken, text=text, form_key=cast.key(), access=camille.access, by=camille.actor, at=cast.ago(1.2))
    answer = _("Bonjour, oui : l’attestation du foyer suffit. Je vous la prépare pour demain.")
    taken.refresh_from_db()
    examining.write(taken, text=answer, form_key=cast.key(), by=cast.nadia, at=cast.ago(0.1))


def _refused_then_contested(cast: Cast, maelle: Family) -> None:
    """The statement is too old (M03); the family answers that the CAF gives no other."""
    answers = {"quotient": quotient(cast, days=16, cents=121100, months=4)}
    filed = cast.file(maelle, "D05", answers, pieces={"statement": "family_allowance_statement"}, days=16)
    cast.take(filed, cast.nadia, days=14)
    facts = _(
        "L’attestation de la CAF du Finistère que vous avez envoyée a plus de quatre mois. Le règlement en demande "
        "une de moins de trois mois à la date de la demande."
    )
    refusal = cast.decide(filed, Verdict("refused", reasons=["M03"], facts=facts), cast.nadia, days=12)
    refusal.filing.refresh_from_db()
    grounds = _(
        "La CAF ne m’en donne pas d’autre : mon quotient n’a pas changé depuis juillet. L’attestation du jour porte "
        "le même chiffre et la même date."
    )
    decision = {"about": "decision", "reference": refusal.filing.reference, "grounds": grounds}
    cast.file(maelle, "D14", {"decision": decision}, days=9, contests=refusal)


def _drafts(cast: Cast) -> None:
    if camille := cast.family(CAMILLE):
        cast.draft(camille, "D12", {}, days=1)
    if helene := cast.family(HELENE):
        cast.draft(helene, "D05", {"quotient": quotient(cast, days=3, cents=155600)}, days=3)
    if linh := cast.family(LINH):
        cast.draft(linh, "F04", {"certificate": {"kind": "rights"}}, days=28)
