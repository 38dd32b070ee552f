"""The account of a household changes after three days, during which its adults can stop it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.payments.accounts import NADIA, NOW, OTHER, SPECIMEN
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence, words_of
from xpassfam.outbox.models import Message
from xpassfam.payments.actions import change_bank_details, stop_change
from xpassfam.payments.actions.bank_details import BadAccount, TooLate
from xpassfam.payments.models import BankDetails
from xpassfam.rules.iban import Fault

DAY = timedelta(days=1)
THREE_DAYS = timedelta(hours=72)


def active(home, at):
    return [details.iban_end for details in home.bank_details.active(at)]


def coming(home, at):
    return [details.iban_end for details in home.bank_details.coming(at)]


def test_a_first_account_serves_after_seventy_two_hours(family, given):
    given()
    assert (active(family.home, NOW), coming(family.home, NOW)) == ([], ["0189"])
    assert active(family.home, NOW + THREE_DAYS - timedelta(seconds=1)) == []
    assert active(family.home, NOW + THREE_DAYS) == ["0189"]
    assert coming(family.home, NOW + THREE_DAYS) == []


def test_the_former_account_is_paid_until_the_new_one_serves(family, given):
    given(at=NOW - 30 * DAY)
    given(OTHER)
    assert (active(family.home, NOW), coming(family.home, NOW)) == (["0189"], ["3000"])
    assert active(family.home, NOW + THREE_DAYS - timedelta(seconds=1)) == ["0189"]
    assert active(family.home, NOW + THREE_DAYS) == ["3000"]


def test_a_change_of_a_change_begins_its_three_days_again(family, given):
    given(at=NOW - 30 * DAY)
    given(OTHER)
    given("BE68 5390 0754 7034", at=NOW + DAY)
    assert coming(family.home, NOW + DAY) == ["7034"]
    assert active(family.home, NOW + DAY + THREE_DAYS - timedelta(seconds=1)) == ["0189"]
    assert active(family.home, NOW + DAY + THREE_DAYS) == ["7034"]


def test_a_stopped_change_leaves_the_former_account_for_good(family, given):
    given(at=NOW - 30 * DAY)
    stop_change(given(OTHER), by=family.account(family.karim).actor, at=NOW + DAY)
    assert coming(family.home, NOW + DAY) == []
    assert active(family.home, NOW + 300 * DAY) == ["0189"]
    given(OTHER, at=NOW + 2 * DAY)
    assert active(family.home, NOW + 2 * DAY + THREE_DAYS) == ["3000"]


def test_a_stopped_change_of_a_change_leaves_the_account_that_was_paid(family, given):
    given(at=NOW - 30 * DAY)
    given(OTHER)
    stop_change(given("BE68 5390 0754 7034", at=NOW + DAY), by=NADIA, at=NOW + 2 * DAY)
    assert active(family.home, NOW + 300 * DAY) == ["0189"]


def test_who_waited_for_another_change_comes_after_it(family, given):
    given()
    given(OTHER, at=NOW - timedelta(milliseconds=2))
    assert coming(family.home, NOW) == ["3000"]
    stop_change(family.home.bank_details.coming(NOW).get(), by=NADIA, at=NOW - timedelta(seconds=1))
    assert coming(family.home, NOW) == []


def test_a_stopped_first_account_leaves_none(family, given):
    stop_change(given(), by=NADIA, at=NOW + DAY)
    assert active(family.home, NOW + 300 * DAY) == []


@pytest.mark.parametrize("when", [THREE_DAYS, 40 * DAY])
def test_what_serves_already_is_not_stopped(family, given, when):
    details = given()
    with pytest.raises(TooLate):
        stop_change(details, by=NADIA, at=NOW + when)
    assert active(family.home, NOW + when) == ["0189"]


def test_it_is_not_stopped_twice(given):
    details = given()
    stop_change(details, by=NADIA, at=NOW + DAY)
    with pytest.raises(TooLate):
        stop_change(details, by=NADIA, at=NOW + DAY)


def test_the_same_account_again_changes_nothing(family, given):
    first = given()
    lines, mails = Line.objects.count(), Message.objects.count()
    assert given("fr7630006000011234567890189", at=NOW + DAY).pk == first.pk
    assert given(at=NOW + 30 * DAY).pk == first.pk
    assert (Line.objects.count(), Message.objects.count()) == (lines, mails)


@pytest.mark.parametrize(
    ("iban", "fault"), [("", Fault.SHAPE), (SPECIMEN[:-1] + "8", Fault.CHECK), (SPECIMEN[:-3], Fault.LENGTH)]
)
def test_what_is_no_account_is_refused_and_nothing_changes(family, given, iban, fault):
    given(at=NOW - 30 * DAY)
    with pytest.raises(BadAccount) as refusal:
        given(iban)
    assert refusal.value.fault is fault
    assert active(family.home, NOW + 300 * DAY) == ["0189"]


def test_every_adult_who_answers_for_the_home_is_written_to_without_the_number(family, given):
    family.account(family.camille)
    given()
    messages = Message.objects.filter(template="payments/mail/bank_details_changed")
    # Léa, of age, only sees; Antoine is of the other home; Karim has no account, but an address in the register.
    assert {message.to for message in messages} == {family.account(family.camille).email, "karim@example.org"}
    assert {message.context["has_account"] for message in messages} == {True, False}
    assert all("0189" not in str(message.context) for message in messages)


def test_the_history_tells_the_end_of_the_account_and_no_more(family, given):
    given(at=NOW - 30 * DAY)
    given(OTHER, holder="  Karim   Benali ")
    line = Line.objects.filter(kind="payments.bank_details_changed").latest("id")
    told = sentence(line).replace("\u00a0", " ")
    assert told.startswith("Nouvelles coordonnées bancaires, au nom de Karim Benali. Elles serviront à partir du")
    words = words_of(line)
    assert words["before"] == "compte qui se termine par 0189"
    assert words["after"] == "compte qui se termine par 3000"
    assert "DE89" not in str(words)


def test_the_history_tells_who_stopped_it(family, given):
    stop_change(given(), by=family.account(family.karim).actor, at=NOW + DAY)
    line = Line.objects.filter(kind="payments.bank_details_stopped").get()
    assert "0189" in sentence(line)
    assert line.household == family.home.public_id


def test_a_household_has_one_last_account(family, given):
    details = given()
    copy = BankDetails(household=family.home, holder="x", changed_at=NOW, changed_by="x", active_from=NOW)
    copy.lock("x")
    with pytest.raises(IntegrityError, match=r"bank_details_open_once|household_id"), transaction.atomic():
        copy.save()
    assert family.home.bank_details.get() == details


def test_the_number_is_read_back_by_the_portal_only(family, given):
    details = given()
    kept = BankDetails.objects.get(pk=details.pk)
    assert kept.iban == "FR7630006000011234567890189"
    assert b"3000600001123456" not in bytes(kept.sealed_iban)


def test_accounts_of_two_homes_do_not_mix(family, given):
    given()
    change_bank_details(family.other_home, holder="Antoine Moreau", iban=OTHER, by=NADIA, at=NOW)
    assert active(family.home, NOW + THREE_DAYS) == ["0189"]
    assert active(family.other_home, NOW + THREE_DAYS) == ["3000"]
