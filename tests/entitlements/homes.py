"""A home with rights, in a few words."""

from datetime import UTC, date, datetime, time

from tests.people.factories import Role, household, living, person
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import publish_right, publish_vocabulary
from xpassfam.entitlements.models import Evaluation
from xpassfam.journal.actions import Actor
from xpassfam.people.actions.recording_activity import record_activity
from xpassfam.people.actions.recording_income import record

BY = Actor("system", name="tests")


def noon(day: date) -> datetime:
    return datetime.combine(day, time(11), UTC)


def publish(*codes: str) -> None:
    """The rules that are shipped; of the rights, those named, or all."""
    at = noon(date(2026, 1, 5))
    publish_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"), by=BY, at=at)
    for path in shipped.rights():
        if not codes or path.name[:3].upper() in codes:
            publish_right(path.read_text(encoding="utf-8"), by=BY, at=at)


class Home:
    """Camille holds the file, Karim is her partner, both work. Children come with `child`, an income by `living_on`."""

    def __init__(self, name: str = "Foyer Martin") -> None:
        self.row = household(name)
        self.camille, self.karim = person("Camille Martin"), person("Karim Benali", date(1986, 9, 3))
        living(self.camille, self.row)
        living(self.karim, self.row, Role.PARTNER, rank=2)
        for one in (self.camille, self.karim):
            record_activity(one, kind="employed", since=date(2020, 1, 1), by=BY, at=noon(date(2026, 1, 5)))

    def child(self, name: str, born: date, **facts: object):
        one = person(f"{name} Benali", born)
        living(one, self.row, Role.DEPENDENT_CHILD, rank=3, **facts)
        return one

    def living_on(self, euros: int, month: date) -> None:
        facts = {"quotient_cents": euros * 100, "month": month, "source": "caf", "cause": ""}
        record(self.row, **facts, by=BY, at=noon(month))

    @property
    def evaluation(self) -> Evaluation:
        return Evaluation.objects.get(household=self.row)
