from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from xpassfam.journal import proof
from xpassfam.journal.actions import Actor, write
from xpassfam.journal.forgetting import forget
from xpassfam.journal.kinds import Audience, declare
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.rules import retention

OPENED = declare("test.opened", "Connexion de {actor} depuis {device}, avec {how}.", audience=Audience.SELF)
KARIM = Actor("family", "a" * 32, "Karim Benali")


def test_a_line_is_read_as_a_sentence(db):
    line = write(OPENED, by=KARIM, at=timezone.now(), account="k", device="un iPhone", facts={"how": "un numéro"})
    assert sentence(Line.objects.get(pk=line.pk)) == "Connexion de Karim Benali depuis un iPhone, avec un numéro."


def test_a_line_takes_four_queries_even_the_first(db, django_assert_num_queries):
    for _ in range(2):
        with transaction.atomic(), django_assert_num_queries(4):
            write(OPENED, by=KARIM, at=timezone.now(), household="h")


def test_each_household_has_its_chain_then_each_account_then_the_portal(db):
    now = timezone.now()
    lines = [
        write(OPENED, by=KARIM, at=now, household="h", account="k"),
        write(OPENED, by=KARIM, at=now, account="k"),
        write(OPENED, by=Actor("visitor"), at=now),
        write(OPENED, by=KARIM, at=now, household="h"),
    ]
    assert [(line.scope, line.seq) for line in lines] == [
        ("household:h", 1),
        ("account:k", 1),
        ("portal", 1),
        ("household:h", 2),
    ]


def test_what_is_undone_leaves_no_line(db):
    with transaction.atomic():
        write(OPENED, by=KARIM, at=timezone.now(), household="h")
        transaction.set_rollback(True)
    write(OPENED, by=KARIM, at=timezone.now(), household="h")
    assert Line.objects.count() == 1
    assert proof.verify("household:h") is None


def test_two_kinds_cannot_share_a_code(db):
    with pytest.raises(ValueError, match=r"journal\.forgotten"):
        declare("journal.forgotten", "…", audience=Audience.STAFF)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_line SET actor = 'someone else'",
        "DELETE FROM journal_line",
        "UPDATE journal_payload SET words = '{}'",
        "DELETE FROM journal_payload",
        "UPDATE journal_forgetting SET through = 9",
        "DELETE FROM journal_forgetting",
    ],
)
def test_the_database_refuses_to_change_the_history(db, sql):
    now = timezone.now()
    write(OPENED, by=KARIM, at=now - timedelta(days=2), household="h")
    forget("household:h", retention.FILE, before=now - timedelta(days=1), by=Actor("system"), at=now)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
