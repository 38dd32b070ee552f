"""An agent decides after reading the letter; whatever stands in the way, nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import FACTS, INCOME, REFUSAL, desk, organisation
from tests.household.homes import shown
from xpassfam.accounts.models import Team
from xpassfam.filings.actions import deciding, following
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.people.models import Household, Income

pytestmark = pytest.mark.django_db
REFUSING = {"reasons": ["M03"], "facts": FACTS}


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def client(room):
    return entered(room.nadia)


def page_of(filing, end=""):
    return f"/gestion/demandes/{filing.public_id}/{end}"


def send(client, filing, end, step="send", **typed):
    typed = {"seen": filing.version, "seen_at": filing.filed_at.isoformat(), "step": step, **typed}
    return client.post(page_of(filing, end), typed)


def status_of(filing):
    return Filing.objects.get(pk=filing.pk).status


def in_days(n):
    day = timezone.localdate() + timedelta(days=n)
    return {"_day": day.day, "_month": day.month, "_year": day.year}


def dated(name, n):
    return {f"{name}{part}": value for part, value in in_days(n).items()}


WITHOUT_REASONS = re.sub(r"reasons:.*?effects:", "effects:", INCOME, flags=re.DOTALL)


@pytest.mark.parametrize(("text", "has_reasons"), [(INCOME, True), (WITHOUT_REASONS, False)])
def test_what_needs_a_reason_is_offered_where_the_definition_gives_one(text, has_reasons):
    room = desk(text)
    client, filing = entered(room.nadia), room.examined()
    page, limit = (shown(client.get(page_of(filing, end))) for end in ("", "limiter/"))

    assert "Demander de compléter" in page
    assert [way in page for way in ("motif et faits obligatoires", "en partie, ou sous réserve")] == [has_reasons] * 2
    assert ["approved_in_part" in limit, "Ce qui n’est pas accordé" in limit] == [has_reasons] * 2
    assert ("approved_under_reserve" in limit, "checked" in limit) == (True, not has_reasons)


def test_where_no_reason_is_given_a_reserve_is_and_a_part_is_not():
    room = desk(WITHOUT_REASONS)
    client, filing = entered(room.nadia), room.examined()
    assert "Valider sous réserve" in shown(client.get(page_of(filing)))

    send(client, filing, "limiter/", outcome="approved_in_part", limits="La moitié.", withheld="Le reste.", facts=FACTS)
    assert not Decision.objects.exists()

    send(client, filing, "limiter/", outcome="approved_under_reserve", limits="L’original.", reserve=["proof"])
    assert status_of(filing) == Status.APPROVED_UNDER_RESERVE


def test_a_refusal_says_which_of_the_unjudged_pieces_are_to_be_replaced(room, client):
    filing = room.examined()
    piece = filing.pieces.get()
    text = shown(client.get(page_of(filing, "refuser/")))
    assert "Pièces à remplacer" in text
    assert "Attestation CAF" in text

    send(client, filing, "refuser/", to_replace=[piece.pk], **REFUSING)

    piece.refresh_from_db()
    assert (piece.verdict, piece.judged_by) == ("to_replace", "Nadia Ferrand")


def test_nobody_is_asked_to_check_the_pieces_of_an_answered_request(room, client):
    filing = room.examined()
    send(client, filing, "refuser/", **REFUSING)

    text = shown(client.get(page_of(filing)))

    assert "Non vérifiée" in text
    assert "à vérifier" not in text.lower()
    assert "Garder cet avis" not in text


def test_the_letter_is_read_before_it_leaves(room, client):
    filing = room.examined()

    text = shown(send(client, filing, "refuser/", step="preview", **REFUSING))

    assert "Rien n’est encore décidé" in text
    assert "La pièce reçue est trop ancienne." in text
    assert "Article 4 du règlement des aides." in text
    assert FACTS in text
    assert "la commission de recours" in text
    assert "gestionnaire" in text
    assert status_of(filing) == Status.UNDER_REVIEW


def test_what_was_typed_comes_back_from_the_letter(room, client):
    filing = room.examined()
    preview = shown(send(client, filing, "refuser/", step="preview", **REFUSING))

    again = shown(send(client, filing, "refuser/", step="edit", **REFUSING))

    assert f'name="facts" value="{FACTS}"' in preview.replace("&#x27;", "'") or FACTS in preview
    assert FACTS in again
    assert again.count(" checked") == 1


def test_a_yes_is_sent_and_its_effects_are_done(room, client):
    filing = room.examined()

    text = shown(client.post(page_of(filing, "valider/"), {"seen": filing.version, "step": "preview"}))
    response = send(client, filing, "valider/")

    assert "Le quotient familial devient" in text
    assert response.headers["Location"] == page_of(filing)
    assert status_of(filing) == Status.APPROVED
    assert Income.objects.count() == 1


def test_whoever_reads_the_letter_before_it_leaves_is_still_seen_by_the_others(room, client):
    filing = room.examined()
    preview = shown(send(client, filing, "refuser/", step="preview", **REFUSING))

    assert f'data-url="{page_of(filing, "presence/")}"' in preview


def test_a_preview_leaves_nothing(room, client):
    filing = room.examined()

    send(client, filing, "valider/", step="preview")

    assert not Income.objects.exists()
    assert not Decision.objects.exists()
    assert status_of(filing) == Status.UNDER_REVIEW


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"facts": FACTS}, "Cochez au moins un motif"),
        ({"reasons": ["M03"], "facts": "Trop vieux."}, "Dites-en plus, en 40 caractères"),
        ({"reasons": ["M99"], "facts": FACTS}, "M99"),
    ],
)
def test_a_refusal_says_why(room, client, typed, said):
    filing = room.examined()

    text = shown(send(client, filing, "refuser/", **typed))

    assert said in text
    assert typed["facts"] in text
    assert status_of(filing) == Status.UNDER_REVIEW


def test_in_part_says_which_part_and_why_not_the_rest(room, client):
    filing = room.examined()

    text = shown(send(client, filing, "limiter/", outcome="approved_in_part", limits="La moitié."))
    assert "Cochez le motif de la part refusée" in text
    assert "Écrivez ce qui n’est pas accordé." in text
    part = {"outcome": "approved_in_part", "limits": "Octobre.", "withheld": "Septembre.", **REFUSING}
    preview = shown(send(client, filing, "limiter/", step="preview", **part))
    assert preview.index("Octobre.") < preview.index("Ce qui n’est pas accordé") < preview.index("Septembre.")

    send(client, filing, "limiter/", **part)
    assert status_of(filing) == Status.APPROVED_IN_PART
    kept = shown(client.get(page_of(filing)))
    assert "Septembre." in kept


def test_a_reserve_waits_then_is_lifted(room, client):
    filing = room.examined()
    send(client, filing, "limiter/", outcome="approved_under_reserve", limits="L’original.", reserve=["proof"])
    filing.refresh_from_db()
    assert (filing.status, Income.objects.count()) == (Status.APPROVED_UNDER_RESERVE, 0)

    send(client, filing, "reserve/")

    assert (status_of(filing), Income.objects.count()) == (Status.APPROVED, 1)


def test_whoever_comes_second_is_told_and_keeps_what_was_typed(room, client):
    filing = room.examined()
    following.write(
        filing, text="Une pièce arrive.", form_key="m", access=room.access, by=room.camille, at=timezone.now()
    )

    response = send(client, filing, "refuser/", **REFUSING)

    text = shown(response)
    assert response.status_code == 409
    assert "Message de la famille" in text
    assert FACTS in text
    assert f'name="seen" value="{Filing.objects.get().version}"' in text
    assert status_of(filing) == Status.UNDER_REVIEW


def test_once_decided_by_another_it_can_t_be_decided_again(room, client):
    filing = room.examined()
    deciding.decide(filing, REFUSAL, seen=filing.version, by=room.claire, at=timezone.now())
    filing.refresh_from_db()

    response = send(client, filing, "valider/")

    assert response.status_code == 409
    assert "quelqu’un y a répondu" in shown(response)
    assert Decision.objects.get().decided_by == room.claire


def test_an_effect_that_cannot_be_is_told_before_anything_leaves(room, client, monkeypatch):
    from xpassfam.filings import effects

    def gone(cause):
        raise effects.CannotTakeEffect("Ce foyer est fermé.")

    filing = room.examined()
    monkeypatch.setitem(effects.EFFECTS, "update_income", gone)

    for step in ("preview", "send"):
        response = send(client, filing, "valider/", step=step)
        assert response.status_code == 409
        assert "Ce foyer est fermé." in shown(response)
    assert not Decision.objects.exists()


def test_a_letter_without_its_mentions_does_not_leave(room, client):
    organisation(legal_profile="mut", mediator="")
    filing = room.examined()

    text = shown(send(client, filing, "refuser/", **REFUSING))

    assert "il y manque le médiateur" in text
    assert FACTS in text
    assert status_of(filing) == Status.UNDER_REVIEW


def test_whoever_decided_does_not_examine_the_contest(room, client):
    filing = room.examined()
    first = deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())
    contest = room.filed()
    Filing.objects.filter(pk=contest.pk).update(contests=first)

    taken = shown(client.post(page_of(contest, "prendre/"), follow=True))
    refused = shown(send(client, contest, "refuser/", **REFUSING))
    given = shown(send(entered(room.claire), contest, "transfert/", to=room.nadia.public_id))

    assert "quelqu’un d’autre doit examiner la contestation" in taken
    assert "Conteste la décision prise par Nadia Ferrand" in taken
    assert "Vous avez pris la décision contestée" in refused
    assert "conteste une décision de la personne choisie" in given
    assert Filing.objects.get(pk=contest.pk).assigned_to is None


def test_what_is_missing_is_asked_by_ticking_it(room, client):
    filing = room.examined()

    nothing = shown(send(client, filing, "completer/", text="Il manque.", **dated("until", 15)))
    send(
        client,
        filing,
        "completer/",
        pieces=["proof"],
        fields_asked=["month"],
        text="L’attestation est illisible.",
        **dated("until", 15),
    )

    asked = filing.completions.get()
    assert "Cochez au moins une pièce ou une réponse" in nothing
    assert (asked.pieces, asked.fields, asked.text) == (["proof"], ["month"], "L’attestation est illisible.")
    assert status_of(filing) == Status.AWAITING_APPLICANT


def test_the_last_day_is_in_the_future_and_can_be_moved(room, client):
    filing = room.examined()
    past = shown(send(client, filing, "completer/", pieces=["proof"], text="?", **dated("until", -1)))
    send(client, filing, "completer/", pieces=["proof"], text="?", **dated("until", 15))
    filing.refresh_from_db()

    send(client, filing, "delai/", **dated("until", 30))

    assert "Choisissez un jour à venir" in past
    assert filing.completions.get().until == timezone.localdate() + timedelta(days=30)


@pytest.mark.parametrize(
    ("end", "typed"),
    [
        ("completer/", {"pieces": ["proof"], "text": "?", **dated("until", 1129)}),
        ("commission/", dated("on", 1129)),
    ],
)
def test_a_year_that_is_mistyped_is_asked_again(room, client, end, typed):
    filing = room.examined()

    assert "Vérifiez l’année" in shown(send(client, filing, end, **typed))
    assert status_of(filing) == Status.UNDER_REVIEW


def test_to_a_committee_to_another_to_a_team_or_away(room, client):
    filing = room.examined()
    team = Team.objects.create(name="Aides")
    for end, typed in (
        ("commission/", dated("on", 6)),
        ("transfert/", {"to": room.claire.public_id, "team": team.pk}),
        ("classer/", {"reason": "La même demande a été validée."}),
    ):
        filing.refresh_from_db()
        assert send(client, filing, end, **typed).status_code == 302, end

    filing.refresh_from_db()
    assert (filing.committee_on, filing.assigned_to, filing.team) == (
        timezone.localdate() + timedelta(days=6),
        room.claire,
        team,
    )
    assert (filing.status, filing.end_reason) == (Status.CLOSED, "La même demande a été validée.")


def test_an_acceptance_by_silence_is_written_down_once_its_day_has_passed(room, client):
    filing = room.examined()
    Filing.objects.filter(pk=filing.pk).update(
        silence_effect="acceptance", silence_on=timezone.localdate() + timedelta(days=1)
    )
    too_soon = send(client, filing, "silence/")
    Filing.objects.filter(pk=filing.pk).update(silence_on=timezone.localdate() - timedelta(days=1))

    assert too_soon.status_code == 409
    assert send(client, filing, "silence/").status_code == 302
    assert Decision.objects.get().is_implicit
    assert Household.objects.get(pk=filing.household_id).incomes.count() == 1


@pytest.mark.parametrize(
    "end", ["valider/", "limiter/", "refuser/", "completer/", "commission/", "transfert/", "classer/", "reserve/"]
)
def test_no_page_chooses_for_the_agent(room, client, end):
    text = shown(client.get(page_of(room.examined(), end)))

    assert " checked" not in text
    assert "Erreur" not in text


def test_a_yes_with_a_piece_that_nobody_checked_is_said_to_be(room, client):
    filing = room.examined()

    def is_told(way):
        return "n’est pas encore vérifiée" in shown(client.get(page_of(filing, way)))

    assert (is_told("valider/"), is_told("refuser/")) == (True, False)
    filing.pieces.update(verdict="accepted", judged_at=timezone.now(), judged_by="Nadia")
    assert not is_told("valider/")
