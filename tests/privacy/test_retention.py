"""What time deletes: one table, lengths within bounds, a report of each night, a rule that fails stops no other."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from tests.accounts.factories import account
from tests.household.homes import entered, read, shown
from tests.privacy.lives import a_life
from xpassfam.filings.models import Filing
from xpassfam.jobs.declaring import SCHEDULED
from xpassfam.journal.models import Line
from xpassfam.outbox import for_privacy as outbox
from xpassfam.outbox.models import Message
from xpassfam.privacy import jobs, retention
from xpassfam.privacy.actions import applying
from xpassfam.privacy.models import Length, Run

pytestmark = pytest.mark.django_db
PAGE = "/gestion/conservation/"


def administrator():
    return account(role="administrator", email="chef@example.org")


def sent(days: int) -> Message:
    at = timezone.now() - timedelta(days=days)
    return Message.objects.create(
        template="t", to="a@example.org", context={}, state="sent", created_at=at, next_at=at, sent_at=at
    )


def test_every_rule_has_a_code_of_its_own_a_reason_and_bounds_that_hold():
    rules = retention.rules()
    assert len({rule.code for rule in rules}) == len(rules) >= 20
    assert all(str(rule.title) and str(rule.basis) for rule in rules)
    assert all(rule.least <= rule.usual <= rule.most for rule in rules)


def test_what_is_past_its_time_goes_and_the_rest_stays():
    old, young = sent(31), sent(29)
    applying.apply_all(at=timezone.now())

    assert list(Message.objects.all()) == [young]
    run = Run.objects.get(code="mails")
    assert (run.due, run.deleted, run.has_failed) == (1, 1, False)
    assert old.pk is not None


def test_a_length_that_the_organisation_chose_is_kept_to():
    sent(10)
    applying.choose(retention.rule_of("mails"), 7, by=administrator(), at=timezone.now())
    applying.apply_all(at=timezone.now())

    assert not Message.objects.exists()


@pytest.mark.parametrize("length", [6, 91])
def test_a_length_out_of_bounds_is_refused(length):
    with pytest.raises(applying.OutOfBounds):
        applying.choose(retention.rule_of("mails"), length, by=administrator(), at=timezone.now())


@pytest.mark.parametrize("code", ["drafts", "payments", "exports", "history_file"])
def test_what_the_law_or_a_promise_fixes_is_nobody_s_to_choose(code):
    with pytest.raises(applying.OutOfBounds):
        applying.choose(retention.rule_of(code), retention.rule_of(code).usual, by=administrator(), at=timezone.now())


def test_a_length_out_of_bounds_in_the_table_counts_as_the_nearest_bound():
    Length.objects.create(code="mails", length=1, chosen_by="x", chosen_at=timezone.now())
    assert retention.length_of(retention.rule_of("mails"), retention.lengths()) == 7


def test_a_rule_that_fails_stops_no_other_and_is_told(monkeypatch):
    def fails(before, now):
        raise RuntimeError

    broken = replace(outbox.RULES[0], code="broken", due=lambda before, now: 1, purge=fails)
    monkeypatch.setattr(outbox, "RULES", (broken, *outbox.RULES))
    sent(31)
    applying.apply_all(at=timezone.now())

    assert Run.objects.get(code="broken").has_failed
    assert not Message.objects.exists()
    assert "Une règle a échoué" in read(entered(administrator()), PAGE)


def test_drafts_go_after_thirty_days():
    life = a_life()
    life.desk.draft()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        applying.apply_all(at=timezone.now())
    assert not Filing.objects.drafts().exists()


def test_a_request_that_was_refused_goes_before_one_that_was_granted():
    life = a_life()
    other = life.desk.filed()
    Filing.objects.filter(pk=other.pk).update(status="withdrawn", ended_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        applying.apply_all(at=timezone.now())

    assert list(Filing.objects.values_list("status", flat=True)) == ["approved"]


def test_the_worker_does_it_each_day():
    assert SCHEDULED[jobs.apply_retention.module_path][1] == timedelta(days=1)
    sent(31)
    jobs.apply_retention.call()
    assert not Message.objects.exists()


def test_the_page_is_a_dry_run_and_a_report():
    sent(31)
    page = read(entered(administrator()), PAGE)
    assert "1 élément a passé sa durée" in page
    assert Message.objects.count() == 1

    applying.apply_all(at=timezone.now())
    page = read(entered(account(role="administrator", email="b@example.org")), PAGE)
    assert "Rien n’a passé sa durée" in page


def test_the_page_asks_as_many_queries_whatever_there_is(django_assert_max_num_queries):
    client = entered(administrator())
    with django_assert_max_num_queries(60):
        client.get(PAGE)


def test_an_administrator_changes_a_length_on_its_page_and_the_history_tells():
    client = entered(administrator())
    response = client.post(f"{PAGE}mails/", {"length": "14"}, follow=True)
    assert "La nouvelle durée sert dès cette nuit" in shown(response)
    assert "14 jours" in shown(response)
    line = Line.objects.get(kind="privacy.length_changed")
    assert "14 jours" in line.payload.words

    response = client.post(f"{PAGE}mails/", {"length": "365"})
    assert "Choisissez un nombre entre 7 et 90." in shown(response)
    assert 'value="365"' in shown(response)


@pytest.mark.parametrize("end", ["", "mails/", "traitements.csv", "violation/"])
def test_only_administrators_open_it(end):
    assert entered(account(role="agent", email="n@example.org")).get(PAGE + end).status_code == 403
    assert entered(account(email="f@example.org")).get(PAGE + end).status_code == 403
    assert Client().get(PAGE + end).status_code == 302


def test_the_register_of_processing_has_a_line_for_each_category_and_each_open_procedure():
    a_life()
    response = entered(administrator()).get(f"{PAGE}traitements.csv")
    text = b"".join(response.streaming_content).decode()

    assert "Votre historique" in text
    assert "Démarche\u00a0: Actualiser mon quotient familial" in text
    assert "Quotient familial (Calculer vos aides)" in text
    assert "dpo@solidarite-estuaire.example" in text
    assert "article 6.1" in text


def test_a_breach_lists_the_homes_that_staff_opened_in_the_period_and_the_history_tells():
    life = a_life()
    client = entered(administrator())
    today = timezone.localdate()
    asked = {f"{name}_{part}": getattr(today, part) for name in ("since", "until") for part in ("day", "month", "year")}
    page = read(client, f"{PAGE}violation/?" + "&".join(f"{key}={value}" for key, value in asked.items()))

    assert life.home.file_number in page
    assert "Camille Martin, Karim Benali" in page
    assert Line.objects.filter(kind="privacy.breach_listed").count() == 1
    nobody = read(client, f"{PAGE}violation/?agent=x@example.org&" + "&".join(f"{k}={v}" for k, v in asked.items()))
    assert "Aucun agent n’a cette adresse" in nobody


def test_a_length_is_no_age_in_english():
    five_years = replace(retention.rules()[0], unit="months")

    with translation.override("en"):
        assert retention.in_words(five_years, 60).replace("\u00a0", " ") == "5 years"
        assert retention.in_words(five_years, 12).replace("\u00a0", " ") == "1 year"
