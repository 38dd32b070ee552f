"""The agents' queue of 200,000 filings that wait: its pages and look-ups cost what those of 2,000 do."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.utils import timezone

from benchmarks import figures, search
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.server import Servers
from xpassfam.accounts.models import Account
from xpassfam.desk import queue
from xpassfam.desk.search import search as search_filings
from xpassfam.filings.models import Filing, Proposal
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import Organisation, forget
from xpassfam.people.actions.naming import make_findable
from xpassfam.people.models import Household, Person
from xpassfam.procedures.actions import publish
from xpassfam.rules.identifiers import fold
from xpassfam.rules.references import new_reference

SMALL = 2000
MOST = 1.3
RARE, OF_THAT_NAME = "Zyvoisin", 10
REFERENCE = new_reference()
NUMBER = "ESF-2000-000500-K"
PROCEDURE = """
code: Q01
slug: quotient
title: Actualiser mon quotient familial
purpose: Pour que vos aides suivent vos ressources.
category: money
sections:
  - key: income
    title: Votre quotient
    fields: [{key: quotient, type: amount, label: Quotient familial, purpose: Calculer vos aides}]
"""
OWN = (
    "id",
    "public_id",
    "reference",
    "household_id",
    "filed_by_id",
    "start_key",
    "status",
    "due_on",
    "hurried_at",
    "silence_effect",
    "silence_on",
)
DUE = {"sqlite": "date('now', (p.id % 60 - 5) || ' days')", "postgresql": "current_date + (p.id % 60 - 5)::int"}
SILENT = {"sqlite": "date('now', (p.id % 60) || ' days')", "postgresql": "current_date + (p.id % 60)::int"}
Step = Callable[[], object]


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    # For an administration: there silence decides, and has its own view.
    Organisation.objects.update_or_create(defaults={"legal_profile": "adm"})
    forget()
    agent = Account.objects.create(email="agent@example.org", first_name="Nadia", last_name="Ferrand", role="agent")
    _wait(SMALL)
    steps = _steps(agent)
    small = {name: _median_ms(step, effort) for name, step in steps.items()}
    began = perf_counter()
    _wait(effort.filings)
    yield Figure("queue", f"{effort.filings} filings", "", detail=f"written in {perf_counter() - began:.0f} s")
    for name, step in _steps(agent).items():
        large = _median_ms(step, effort)
        what, detail = f"{name}, {effort.filings} : {SMALL}", f"{large:.2f} and {small[name]:.2f} ms"
        if name.startswith("«"):
            yield Figure("queue", what, f"{large / small[name]:.2f}", detail=detail)
        else:
            yield figures.at_most("queue", what, large / small[name], MOST, detail=detail)


def _steps(agent: Account) -> Mapping[str, Step]:
    today = timezone.localdate()

    def page(name: str, after: queue.Key | None = None) -> Step:
        return lambda: (
            queue.page(queue.tab(name, agent, on=today), after, view=name),
            queue.work_of(agent, on=today),
        )

    middle, reminded = queue.Key(today, 0), queue.Key(today - timedelta(days=2), 0, is_hurried=True)
    return {
        "first page": page(queue.FIRST),
        "first page of those of nobody": page("sans-personne"),
        "first page of complaints": page("contestations"),
        "first page of those to confirm": page("a-confirmer"),
        "first page of what silence decides": page(queue.SILENCE),
        "page from today on": page(queue.FIRST, middle),
        "last page of what families reminded us of": page(queue.FIRST, reminded),
        "by reference": lambda: search_filings(REFERENCE),
        "by member number": lambda: search_filings(NUMBER),
        "by beginning of name": lambda: search_filings(RARE[:6]),
        "« camile martn », forgiving": lambda: search_filings("camile martn"),
        "« mart », a common beginning": lambda: search_filings("mart"),
    }


def _median_ms(step: Step, effort: Effort) -> float:
    step()
    times = []
    for _ in range(min(effort.repeats, 40)):
        began = perf_counter()
        step()
        times.append(perf_counter() - began)
    return median(times) * 1000


def _wait(filings: int) -> None:
    """A register and one filing each, until there are so many."""
    if not Filing.objects.exists():
        _rare_names()
    # Another subject may have left its register here: its persons file too.
    known = Person.objects.filter(member_number__isnull=False).count()
    search.register(min(known, filings), filings)
    lacking = list(Person.objects.filter(filings=None).order_by("pk").values_list("pk", flat=True))
    Household.objects.bulk_create(
        (Household(name=f"Foyer {pk}", file_number=f"SFE-{pk:06}") for pk in lacking), batch_size=5000
    )
    _copy(_model())
    if not Filing.objects.filter(reference=REFERENCE).exists():
        Filing.objects.filter(pk=Filing.objects.order_by("pk")[SMALL // 2].pk).update(reference=REFERENCE)
        _rare_filings()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rare_filings() -> None:
    """A few complaints, and a few yes that another agent has to confirm."""
    olivier, now = Account.objects.create(email="olivier@example.org", role="agent"), timezone.now()
    first = list(Filing.objects.order_by("pk").values_list("pk", "version")[1:21])  # not the one copied
    Filing.objects.filter(pk__in=[pk for pk, _version in first[:10]]).update(is_complaint=True)
    Proposal.objects.bulk_create(
        Proposal(filing_id=pk, version=version, verdict={}, proposed_at=now, proposed_by=olivier)
        for pk, version in first[10:]
    )


def _rare_names() -> None:
    Person.objects.bulk_create(
        Person(
            first_names=f"Zoé{n}",
            last_name=RARE,
            search_name=fold(f"Zoé{n} {RARE}"),
            birth_date=date(1980, 1, 1),
        )
        for n in range(OF_THAT_NAME)
    )
    while make_findable(most=1000):
        pass


def _model() -> Filing:
    """The filing of which the others are copies."""
    first = Filing.objects.order_by("pk").first()
    if first:
        return first
    at = datetime.now(UTC)
    person = Person.objects.order_by("pk")[0]
    return Filing.objects.create(
        procedure_version=publish(PROCEDURE, by=Actor(kind="system"), at=at),
        household=Household.objects.get(name=f"Foyer {person.pk}"),
        filed_by=person,
        status="received",
        reference=new_reference(),
        start_key="0",
        started_at=at,
        saved_at=at,
        filed_at=at,
        due_on=timezone.localdate(at),
    )


def _copy(model: Filing) -> None:
    """For each person without a filing, in one statement; one in four waits for the family, which reminded us of most
    of what is late.
    """
    columns = [field.column for field in Filing._meta.concrete_fields if field.column not in OWN]
    named = ", ".join(f'"{column}"' for column in columns)
    copied = ", ".join(f'm."{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO filings_filing
                (public_id, reference, household_id, filed_by_id, start_key, status, due_on, hurried_at,
                silence_effect, silence_on, {named})
            SELECT 'f' || p.id, 'R' || p.id, h.id, p.id, 'k' || p.id,
                CASE WHEN p.id % 4 = 0 THEN 'awaiting_applicant' ELSE 'received' END, {DUE[connection.vendor]},
                CASE WHEN p.id % 60 < 5 AND p.id % 7 > 0 THEN m.filed_at END,
                'rejection', {SILENT[connection.vendor]}, {copied}
            FROM people_person p
            JOIN people_household h ON h.name = 'Foyer ' || p.id
            CROSS JOIN filings_filing m
            WHERE m.id = {model.pk} AND NOT EXISTS (SELECT 1 FROM filings_filing f WHERE f.filed_by_id = p.id)
            """
        )
