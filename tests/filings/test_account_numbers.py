"""A whole account number stands in no row of the database, at any stage of a filing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.filings.factories import desk
from tests.filings.test_who_may_act import BANK, IBAN
from tests.household.homes import entered, shown
from xpassfam.filings import account_numbers, verdicts
from xpassfam.filings.actions import deciding, drafting, examining, following, sending
from xpassfam.filings.models import Filing
from xpassfam.rules.iban import readable_iban

pytestmark = pytest.mark.django_db
GIVEN = {"holder": "Camille Martin", "iban": IBAN}
OTHER = "FR1420041010050500013M02606"


@pytest.fixture
def room():
    return desk(BANK)


def rows():
    """All that the database holds, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def nothing_holds(*numbers):
    kept = rows()
    return not any(text in kept for number in numbers for text in (number, readable_iban(number), number[4:20]))


def decided(room, sent, verdict):
    return deciding.decide(sent, verdict, seen=sent.version, by=room.nadia, at=timezone.now())


def test_what_looks_for_numbers_finds_them(room):
    sent = room.filed(GIVEN, with_proof=False)
    Filing.objects.filter(pk=sent.pk).update(end_reason=readable_iban(IBAN))

    assert not nothing_holds(IBAN)


def test_of_a_draft_its_end_stands_there_and_its_writer_reads_it_again(room):
    draft = room.draft(GIVEN, with_proof=False)

    assert nothing_holds(IBAN)
    assert draft.answers["iban"].endswith("0189")
    page = shown(entered(room.home.holder).get(f"/mon-compte/demandes/{draft.public_id}/etape/bank/"))
    assert readable_iban(IBAN) in page


def test_of_what_a_second_page_sent(room):
    draft = room.draft(GIVEN, with_proof=False)
    other = GIVEN | {"iban": OTHER}
    now = timezone.now()
    saved = drafting.save(draft, section="bank", answers=other, seen=0, access=room.access, at=now)

    assert saved.is_set_aside
    assert nothing_holds(IBAN, OTHER)
    sent = sending.send(draft, access=room.access, by=room.camille, at=now)
    assert sent.set_aside == {}
    assert nothing_holds(IBAN, OTHER)


def test_the_same_number_from_a_second_page_is_not_another(room):
    draft = room.draft(GIVEN, with_proof=False)

    saved = drafting.save(draft, section="bank", answers=GIVEN, seen=0, access=room.access, at=timezone.now())

    assert not saved.is_set_aside


def test_of_what_was_sent_pages_and_papers_say_the_end(room):
    sent = room.filed(GIVEN, with_proof=False)

    assert nothing_holds(IBAN)
    assert "•••• 0189" in str(sent.summary)
    page = shown(entered(room.nadia).get(f"/gestion/demandes/{sent.public_id}/"))
    assert "•••• 0189" in page
    assert "locked." not in page


def test_the_effect_pays_the_whole_number_that_was_given(room):
    sent = room.filed(GIVEN, with_proof=False)
    decided(room, sent, verdicts.Verdict("approved"))

    assert room.home.household.bank_details.get().iban == IBAN
    assert Filing.objects.get(pk=sent.pk).answers["iban"] == "•••• 0189"
    assert nothing_holds(IBAN)


def test_once_withdrawn_or_closed_it_can_not_be_opened_any_more(room):
    sent = room.filed(GIVEN, with_proof=False)
    following.withdraw(sent, access=room.access, by=room.camille, at=timezone.now())
    closed = room.filed(GIVEN, with_proof=False)
    deciding.close(closed, reason="Demande en double.", seen=closed.version, by=room.nadia, at=timezone.now())

    for row in Filing.objects.all():
        assert row.answers["iban"] == "•••• 0189"
        assert account_numbers.opened(row)["iban"] == ""


def test_a_correction_asks_for_it_anew(room):
    sent = room.filed(GIVEN, with_proof=False)
    following.withdraw(sent, access=room.access, by=room.camille, at=timezone.now())

    access = room.home.access_of(room.home.partner)
    again = drafting.start(room.version, access=access, start_key="k", at=timezone.now(), corrects=sent)

    assert again.answers == {"holder": "Camille Martin", "iban": ""}
    again = drafting.save(again, section="bank", answers=GIVEN, seen=0, access=access, at=timezone.now()).filing
    assert account_numbers.opened(again)["iban"] == IBAN


def test_moved_to_another_filing_s_row_it_does_not_open(room):
    first, second = room.draft(GIVEN, with_proof=False), room.draft(GIVEN, with_proof=False)
    second.answers = first.answers

    assert account_numbers.opened(second)["iban"] == ""


def test_a_number_that_opens_no_more_stops_the_decision_in_words(room, settings):
    sent = room.filed(GIVEN, with_proof=False)
    settings.SECRET_KEY = "another-key-than-the-one-that-locked-it-0123456789"

    with pytest.raises(deciding.effects.CannotTakeEffect, match="demandez-le de nouveau"):
        decided(room, sent, verdicts.Verdict("approved"))


def test_a_number_asked_anew_is_typed_anew_and_locked_too(room):
    sent, now = room.filed(GIVEN, with_proof=False), timezone.now()
    examining.ask(
        sent,
        fields=["iban"],
        pieces=[],
        text="Ce compte est clos.",
        until=timezone.localdate() + timedelta(days=20),
        seen=sent.version,
        by=room.nadia,
        at=now,
    )
    page = shown(entered(room.home.partner).get(f"/mon-compte/demandes/{sent.public_id}/completer/"))
    following.complete(sent, answers={"iban": OTHER}, access=room.access, by=room.camille, at=now)

    assert "IBAN" in page
    assert "0189" not in page
    assert nothing_holds(IBAN, OTHER)
    assert account_numbers.opened(Filing.objects.get())["iban"] == OTHER
