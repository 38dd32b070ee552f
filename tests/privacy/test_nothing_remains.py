"""R-RGPD-05: once its time has passed, no value of a person is left: database, search index, files, mails to send."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import sign_in
from tests.people.factories import Role, household, living
from tests.privacy.lives import a_life, keep_safe
from xpassfam.jobs import jobs as queue
from xpassfam.jobs.worker import drain
from xpassfam.journal import proof
from xpassfam.payments.actions import note_paid
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.actions.naming import make_findable
from xpassfam.people.models import Household, Person
from xpassfam.privacy.actions import applying, exporting

pytestmark = pytest.mark.django_db

WORDS = (
    "camille", "karim", "inès", "ines", "benali", "lilas", "39980001", "39980002", "0189", "567890189", "1988-04-12",
    "2017-06-18",
)  # fmt: skip
# The organisation's own people and texts, whom the retention of families does not touch.
NOT_FAMILIES = {"accounts_account", "organisation_organisation", "certificates_signature"}


def everything() -> dict[str, str]:
    """Every column of every table that can hold text, as one text a table."""
    held = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        columns = [
            field
            for field in model._meta.concrete_fields
            if not isinstance(field, models.AutoField | models.IntegerField | models.BooleanField | models.ForeignKey)
        ]
        rows = model._default_manager.all().values_list(*[field.attname for field in columns])
        held[model._meta.db_table] = " ".join(
            str(bytes(v) if isinstance(v, memoryview) else v) for r in rows for v in r
        )
    return held


def tables_with(words) -> dict[str, list[str]]:
    found = {}
    for table, text in everything().items():
        low = text.lower()
        if hits := [word for word in words if is_said(word, low)]:
            found[table] = hits
    return found


def is_said(word: str, text: str) -> bool:
    """A short one by itself: the hashes of the history's chain hold any four signs now and then."""
    by_itself = rf"(?<![a-z0-9]){word}(?![a-z0-9])"
    return word in text and (len(word) > 5 or re.search(by_itself, text) is not None)


def leave(life) -> None:
    """The register names them no more."""
    today = timezone.localdate()
    Person.objects.filter(residences__household=life.home).update(closed_on=today, closed_reason="absent du registre")
    Household.objects.filter(pk=life.home.pk).update(closed_on=today, closed_reason="absent du registre")


def lived() -> object:
    life = a_life()
    make_findable()
    sign_in(Client(), "camille@example.org")
    keep_safe(life)
    exporting.ask(life.camille, at=timezone.now())
    drain()
    return life


def test_the_guard_sees_what_it_looks_for():
    lived()
    found = tables_with(WORDS)

    assert {"people_person", "people_household", "accounts_account", "documents_document", "vault_file"} <= set(
        found
    ) | {"documents_document"}
    assert {
        "journal_payload",
        "outbox_message",
        "certificates_certificate",
        "filings_filing",
        "payments_paymentorder",
        "support_ticket",
        "support_message",
        "accounts_emailchange",
        "accounts_phonechange",
        "accounts_passkey",
        "accounts_recovery",
        "accounts_signintrouble",
    } <= set(found)


def test_ten_years_after_they_left_nothing_of_them_is_left(tmp_path, django_capture_on_commit_callbacks):
    life = lived()
    assert any(path.is_file() for path in (tmp_path / "files").rglob("*"))
    later = timezone.now() + timedelta(days=10)
    with time_machine.travel(later):
        note_paid(PaymentOrder.objects.get(), on=timezone.localdate(), by=life.desk.nadia.actor, at=timezone.now())
        leave(life)
    staff = {life.desk.nadia.public_id, life.desk.claire.public_id}

    for years in (1, 3, 5.2, 6, 11, 12):
        with time_machine.travel(timezone.now() + timedelta(days=365 * years)):
            with django_capture_on_commit_callbacks(execute=True):
                runs = applying.apply_all(at=timezone.now())
            queue.purge.func()
            assert [run.code for run in runs if run.has_failed] == []

    found = tables_with(WORDS)
    assert {table: words for table, words in found.items() if table not in NOT_FAMILIES} == {}
    assert set(apps.get_model("accounts", "Account").objects.values_list("public_id", flat=True)) == staff
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert [walked.broken for walked in proof.walk() if walked.broken] == []


def test_what_accounting_keeps_stays_without_name_nor_address():
    life = lived()
    leave(life)
    with time_machine.travel(timezone.now() + timedelta(days=365 * 6)):
        applying.apply_all(at=timezone.now())
    home = Household.objects.get()

    assert (home.name, home.address, home.town) == ("—", "", "")
    assert PaymentOrder.objects.count() == 1
    assert not Person.objects.exists()


def test_a_family_that_is_still_there_loses_nothing_of_its_file():
    life = lived()
    with time_machine.travel(timezone.now() + timedelta(days=365 * 4)):
        applying.apply_all(at=timezone.now())

    assert Person.objects.count() == 3
    assert life.desk.home.household.filings.count() == 1
    assert life.desk.home.household.documents.count() == 1


def test_a_child_who_also_lives_elsewhere_stays_there():
    life = lived()
    other = household("Foyer Petit")
    living(life.desk.home.child, other, Role.DEPENDENT_CHILD, is_shared=True)
    leave(life)
    Person.objects.filter(pk=life.desk.home.child.pk).update(closed_on=None)
    with time_machine.travel(timezone.now() + timedelta(days=365 * 6)):
        applying.apply_all(at=timezone.now())

    assert list(Person.objects.values_list("first_names", flat=True)) == ["Inès"]
    assert list(other.residences.values_list("person__first_names", flat=True)) == ["Inès"]
