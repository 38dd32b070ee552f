"""Two months of an office: some forty filings of other families of the register, in each state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.filings.actions import clock, confirming, deciding, examining, following
from xpassfam.filings.demo.players import Cast, Family
from xpassfam.filings.demo.stories import quotient
from xpassfam.filings.models import Filing
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.actions import Actor
from xpassfam.people.access import choose, for_account
from xpassfam.people.models import Residence

STATEMENT = {"statement": "family_allowance_statement"}


@dataclass(frozen=True)
class Line:
    """Filed `sent` days ago, answered `after` days later."""

    code: str
    sent: int
    then: str = ""
    after: int = 3
    answer: str = "yes"


LINES = (
    *(
        Line("D05", sent, "decided", after)
        for sent, after in zip(range(57, 13, -6), cycle((2, 4, 3, 6, 1)), strict=False)
    ),
    *(Line("F04", sent, "decided", after) for sent, after in zip(range(56, 9, -6), cycle((1, 2, 3, 5)), strict=False)),
    Line("D05", 50, "decided", 5, "too_old"),
    Line("D05", 38, "decided", 7, "blurred"),
    Line("D05", 26, "decided", 4, "too_old"),
    Line("D05", 30, "decided", 6, "part"),
    Line("D05", 8, "decided", 5, "reserve"),
    Line("D05", 24, "corrected", 4),
    Line("F04", 33, "closed", 1),
    Line("D05", 21, "withdrawn", 2),
    Line("D05", 45, "expired", 3),
    Line("D05", 4, "asked", 2),
    Line("F04", 14, "hurried", 12),
    Line("D05", 11, "taken", 9),
    Line("D14", 6, "referred", 4),
    *(Line("D05", sent) for sent in (9, 5, 1)),
    *(Line("F04", sent) for sent in (4, 3, 1, 0)),
)


def verdict(answer: str) -> Verdict:
    too_old = _("L’attestation envoyée date de plus de trois mois : elle ne dit pas vos ressources d’aujourd’hui.")
    blurred = _("La photo envoyée est floue : on n’y lit ni le nom, ni le montant, ni la date.")
    match answer:
        case "too_old":
            return Verdict("refused", reasons=["M03"], facts=too_old)
        case "blurred":
            return Verdict("refused", reasons=["M02"], facts=blurred)
        case "part":
            limits = _("Votre quotient est pris en compte à partir de ce mois.")
            withheld = _("Les mois d’avant : votre attestation ne se lit pas.")
            return Verdict("approved_in_part", reasons=["M02"], facts=blurred, limits=limits, withheld=withheld)
        case "reserve":
            limits = _("L’original, que vous nous montrerez.")
            return Verdict("approved_under_reserve", limits=limits, reserve=["statement"])
        case _:
            return Verdict("approved")


def fill(cast: Cast) -> None:
    agents = cycle((cast.nadia, cast.olivier, cast.nadia, cast.claire))
    families = cycle(list(_families(cast)) or [None])
    for line, who, agent in zip(sorted(LINES, key=lambda line: -line.sent), families, agents, strict=False):
        if who is None:
            return
        _live(cast, line, _filed(cast, line, who), who, agent)
    if who := next(families):
        _propose(cast, who)
    clock.expire(at=cast.ago(20))


def _families(cast: Cast) -> Iterator[Family]:
    """Holders of files of the register who have no account: nobody is signed in as them."""
    today = timezone.localdate(cast.now)
    homes = Residence.objects.open_on(today).filter(role=Residence.Role.HOLDER, person__account=None)
    for stay in homes.select_related("person").order_by("pk"):
        access = choose(for_account(_Somebody(stay.person_id), on=today))
        if access and not access.is_frozen and access.may("requests"):
            yield Family(stay.person, access, Actor(kind="family", name=str(stay.person)))


def _filed(cast: Cast, line: Line, who: Family) -> Filing:
    if line.code == "D05":
        answers = {"quotient": quotient(cast, days=line.sent, cents=60_000 + 1_700 * line.sent)}
        return cast.file(who, "D05", answers, pieces=STATEMENT, days=line.sent)
    if line.code == "D14":
        grounds = _("J’ai attendu une heure au guichet le mois dernier, et personne n’a pu me répondre.")
        return cast.file(who, "D14", {"decision": {"about": "service", "grounds": grounds}}, days=line.sent)
    return cast.file(who, "F04", {"certificate": {"kind": "rights"}}, days=line.sent)


def _propose(cast: Cast, who: Family) -> None:
    """An account whose holder is nobody of the home: Olivier says yes, somebody else confirms or sends back."""
    account = {"holder": f"Madeleine {who.person.last_name}", "iban": "NL91ABNA0417164300"}
    filed = cast.file(who, "D12", {"account": account}, pieces={"bank": "bank_details"}, days=2)
    taken = cast.take(filed, cast.olivier, days=1)
    cast.judge(taken.pieces.get(), "accepted", cast.olivier, days=0.3)
    taken.refresh_from_db()
    confirming.propose(taken, verdict("yes"), seen=taken.version, by=cast.olivier, at=cast.ago(0.2))


def _live(cast: Cast, line: Line, filed: Filing, who: Family, agent: Account) -> None:
    if not line.then:
        return
    days = line.sent - line.after
    if line.then == "withdrawn":
        following.withdraw(filed, access=who.access, by=who.actor, at=cast.ago(days))
        return
    taken = cast.take(filed, agent, days=days + 0.5)
    match line.then:
        case "decided":
            cast.decide(taken, verdict(line.answer), agent, days=days)
        case "corrected":
            cast.decide(taken, verdict(line.answer), agent, days=days)
            right = {"quotient": quotient(cast, days=line.sent, cents=78_200)}
            again = cast.take(cast.file(who, "D05", right, days=days - 2, corrects=taken), agent, days=days - 3)
            cast.decide(again, verdict(line.answer), agent, days=days - 4)
        case "closed":
            reason = _("Vous l’aviez déjà demandée la veille : nous répondons à la première.")
            deciding.close(taken, reason=reason, seen=taken.version, by=agent, at=cast.ago(days))
        case "referred":
            on = timezone.localdate(cast.now) + timedelta(days=9)
            examining.refer(taken, on=on, seen=taken.version, by=agent, at=cast.ago(days))
        case "hurried":
            following.hurry(taken, access=who.access, by=who.actor, at=cast.ago(days))
        case "asked" | "expired":
            until = timezone.localdate(cast.ago(days)) + timedelta(days=15)
            examining.ask(
                taken,
                fields=[],
                pieces=["statement"],
                text=_("La photo est floue. Envoyez-nous une attestation lisible."),
                until=until,
                seen=taken.version,
                by=agent,
                at=cast.ago(days),
            )


@dataclass(frozen=True)
class _Somebody:
    person_id: int | None
