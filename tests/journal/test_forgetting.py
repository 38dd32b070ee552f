"""Retention: words go, the chain stays, and a line says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from xpassfam.journal import forgetting, proof
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.for_privacy import RULES
from xpassfam.journal.forgetting import forget
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Forgetting, Line, Payload
from xpassfam.journal.reading import sentence, words_of
from xpassfam.organisation.models import Organisation
from xpassfam.rules import retention

pytestmark = pytest.mark.django_db

CHANGED = declare("test.changed", "Changement de {actor}.", audience=Audience.HOUSEHOLD)
ENTERED = declare("test.entered", "Entrée depuis {device}.", audience=Audience.SELF, kept=retention.SIGN_INS)
KARIM = Actor("family", "a" * 32, "Karim Benali")
SYSTEM = Actor("system")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
YEAR_AGO = NOW - timedelta(days=400)
BEFORE = datetime(2025, 12, 1, tzinfo=UTC)


def night(at=NOW):
    with time_machine.travel(at, tick=False):
        for rule in RULES:
            rule.purge(at, at)


def test_words_go_the_line_stays_and_one_more_says_so():
    old = write(CHANGED, by=KARIM, at=YEAR_AGO, household="h", device="un iPhone")
    recent = write(CHANGED, by=KARIM, at=NOW, household="h", device="un iPhone")
    assert forget("household:h", retention.FILE, before=BEFORE, by=SYSTEM, at=NOW) == 1

    assert words_of(Line.objects.get(pk=old.pk)) == {}
    assert sentence(Line.objects.get(pk=old.pk)) == "Changement de (effacé)."
    assert words_of(Line.objects.get(pk=recent.pk))["device"] == "un iPhone"
    told = Line.objects.get(scope="household:h", seq=3)
    assert "lignes d’avant le 1er décembre 2025" in sentence(told)
    assert told.audience == Audience.HOUSEHOLD
    assert proof.verify("household:h") is None


def test_only_the_words_of_one_family_of_kinds_go():
    write(CHANGED, by=KARIM, at=YEAR_AGO, household="h")
    write(ENTERED, by=KARIM, at=YEAR_AGO, household="h", person="karim")
    assert forget("household:h", retention.SIGN_INS, before=BEFORE, by=SYSTEM, at=NOW) == 1
    assert Payload.objects.filter(line__kind=CHANGED.code).exists()
    assert not Payload.objects.filter(line__kind=ENTERED.code).exists()
    assert proof.verify("household:h") is None


def test_a_line_dated_later_than_those_around_it_keeps_its_words():
    for at in (YEAR_AGO, NOW, YEAR_AGO):
        write(CHANGED, by=KARIM, at=at, household="h")
    assert forget("household:h", retention.FILE, before=BEFORE, by=SYSTEM, at=NOW) == 2
    assert words_of(Line.objects.get(seq=2)) != {}
    assert proof.verify("household:h") is None


def test_a_second_time_changes_nothing():
    write(CHANGED, by=KARIM, at=YEAR_AGO, household="h")
    forget("household:h", retention.FILE, before=BEFORE, by=SYSTEM, at=NOW)
    assert forget("household:h", retention.FILE, before=BEFORE, by=SYSTEM, at=NOW) == 0
    assert Line.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_stopped_half_way_it_goes_on_and_says_it_once(monkeypatch):
    for _ in range(5):
        write(CHANGED, by=KARIM, at=YEAR_AGO, household="h")
    monkeypatch.setattr(forgetting, "BATCH", 2)
    with pytest.raises(KeyboardInterrupt), connection.execute_wrapper(power_cut(after=2)):
        forget("household:h", retention.FILE, before=BEFORE, by=SYSTEM, at=NOW)
    assert 0 < Payload.objects.filter(line__kind=CHANGED.code).count() < 5
    assert proof.verify("household:h") is None

    night()
    forget("household:h", retention.FILE, before=BEFORE, by=SYSTEM, at=NOW)
    assert Payload.objects.filter(line__kind=CHANGED.code).count() == 0
    assert Forgetting.objects.count() == 1
    assert proof.verify("household:h") is None


def power_cut(*, after: int):
    """Stops at a deletion, once some have been made."""
    made = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal made
        made += sql.startswith('DELETE FROM "journal_payload"')
        if made > after:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    return wrapper


def test_what_went_from_somebody_s_own_chain_is_told_to_them_alone():
    write(ENTERED, by=KARIM, at=YEAR_AGO, account="k", person="karim")
    forget("account:k", retention.SIGN_INS, before=BEFORE, by=SYSTEM, at=NOW)
    told = Line.objects.get(scope="account:k", seq=2)
    assert (told.person, told.audience) == ("karim", Audience.SELF)


def test_every_night_each_family_of_kinds_has_the_months_that_the_organisation_set():
    Organisation(log_months=6, history_months=24).save()
    for months, kind in ((7, ENTERED), (5, ENTERED), (25, CHANGED), (23, CHANGED)):
        at = NOW - timedelta(days=months * 31)
        write(kind, by=KARIM, at=at, household="h", facts={"months": months})
    night()
    left = [words_of(line).get("months") for line in Line.objects.exclude(kind__startswith="journal.").order_by("seq")]
    assert left == [None, 5, None, 23]
    before = Line.objects.count()
    night(NOW + timedelta(minutes=5))
    assert Line.objects.count() == before
    assert proof.verify("household:h") is None


def test_the_line_that_tells_of_retention_is_never_forgotten():
    write(CHANGED, by=KARIM, at=NOW - timedelta(days=4000), household="h")
    night(NOW - timedelta(days=2000))
    night()
    assert words_of(Line.objects.get(kind="journal.forgotten"))["what"] == "vie du dossier"
    assert proof.verify("household:h") is None


def test_every_chain_is_walked_a_slice_at_a_time(monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for number in range(5):
        write(CHANGED, by=KARIM, at=YEAR_AGO, household=f"h{number}")
    assert len(list(forgetting.chains_with_words(retention.FILE, before=BEFORE))) == 5


@pytest.mark.parametrize("field", ["log_months", "consultation_months", "history_months"])
def test_an_organisation_keeps_words_neither_too_long_nor_too_short(field):
    for months in (5, 121):
        with pytest.raises(ValidationError) as refusal:
            Organisation(name="Estuaire", **{field: months}).full_clean()
        assert field in refusal.value.message_dict


def test_a_portal_line_without_household_nor_account_is_forgotten_for_the_staff():
    write(CHANGED, by=SYSTEM, at=YEAR_AGO)
    forget("portal", retention.FILE, before=BEFORE, by=SYSTEM, at=timezone.now())
    assert Line.objects.get(seq=2).audience == Audience.STAFF
