"""Families find what they can ask for, and are told why where they can't."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.accounts.factories import account
from tests.household.homes import couple, entered, let_in, read
from tests.people.factories import living, person
from tests.procedures.conftest import THIERRY
from tests.procedures.definitions import FACTS
from tests.procedures.texts import MOVE, changed
from xpassfam.people.models import Access, Separation
from xpassfam.procedures.actions import configure
from xpassfam.procedures.catalogue import entries
from xpassfam.procedures.eligibility import standing
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.language import load
from xpassfam.procedures.models import Procedure

CATALOGUE = "/mon-compte/demarches/"


@pytest.fixture
def shipped(db):
    call_command("load_procedures", stdout=StringIO())


@pytest.fixture
def camille(shipped):
    return entered(couple().holder)


def test_procedures_stand_by_category_each_with_its_link(camille):
    page = read(camille, CATALOGUE)

    assert page.index("Mon foyer change") < page.index("Mes ressources et mon RIB") < page.index("Mes recours")
    assert "Tout le foyer, ou une partie." in page
    assert 'href="/mon-compte/demarches/changement-adresse/"' in page


def test_what_a_family_can_t_file_says_why(camille):
    page = read(camille, CATALOGUE)

    assert "Pas pour vous pour le moment :</b> Votre foyer a déjà deux adultes." in page
    page = read(camille, CATALOGUE + "ajouter-conjoint/")
    assert "Votre foyer a déjà deux adultes." in page
    assert "Commencer" not in page


def test_a_page_says_what_to_prepare_how_long_and_how_to_do_without_internet(camille):
    page = read(camille, CATALOGUE + "changement-adresse/")

    assert "Justificatif de domicile" in page
    assert "De moins de 3 mois." in page
    assert "Au plus tard 5 jours ouvrés après l’envoi" in page
    assert '<input type="hidden" name="procedure" value="D01">' in page
    assert "est considérée comme" not in page


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("adresse", "D01"),
        ("demenagement", "D01"),
        ("déménagment", "D01"),
        ("je veux changer de rib", "D12"),
        ("bebe", "D02"),
        ("ADOPTION", "D02"),
        ("quotient", "D05"),
        ("divorce", "D04"),
        ("rgpd", "F02"),
        ("recours", "D14"),
    ],
)
def test_a_search_forgives_accents_slips_and_small_words(shipped, typed, first):
    found = entries(FACTS, text=typed)

    assert found, typed
    assert found[0].definition.code == first


def test_a_search_that_finds_nothing_says_what_to_do(camille):
    page = read(camille, CATALOGUE + "?q=zzzzzz")

    assert "Aucune démarche ne correspond" in page
    assert "Voir toutes les démarches" in page


def test_what_is_typed_to_search_is_shown_as_typed(camille):
    response = camille.get(CATALOGUE, {"q": '"><script>alert(1)</script>' + "x" * 500})

    assert b"<script>alert" not in response.content


@pytest.mark.parametrize("event", ["naissance", "demenagement", "separation", "rentree", "majorite"])
def test_each_event_of_life_leads_to_procedures(camille, event):
    page = read(camille, f"{CATALOGUE}?evenement={event}")

    assert "Toutes les démarches" in page
    assert page.count('href="/mon-compte/demarches/') > 1


def test_an_event_that_nobody_lives_is_not_found(camille):
    assert camille.get(CATALOGUE + "?evenement=mariage").status_code == 404
    assert camille.get(CATALOGUE + "mariage/").status_code == 404


def test_who_may_only_look_reads_and_is_told_why_nothing_starts(shipped):
    home = couple()
    helper = account(person("Hugo Aidant"), email="hugo@example.org")
    let_in(helper.person, home.household, "view", origin="invitation")
    client = entered(helper)

    page = read(client, CATALOGUE + "contester/")
    assert "Votre accès permet de voir ce dossier, pas de déposer une demande." in page
    assert "Commencer" not in page


def test_a_declared_separation_closes_what_would_move_the_home(shipped):
    home = couple()
    Separation.objects.create(household=home.household, declared_by=home.holder.person, declared_at=timezone.now())
    found = {one.definition.code: one.standing for one in entries(facts_of(home.access_of(home.partner)))}

    assert not found["D01"].may_file
    assert not found["D04"].may_file
    assert "Une séparation est déjà déclarée." in found["D04"].why_not
    assert found["D14"].may_file


@pytest.mark.parametrize("permission", ["all", "view"])
def test_where_sharing_is_frozen_nobody_is_sent_to_the_holder_who_may_be_the_other(shipped, permission):
    home = couple()
    Access.objects.filter(person=home.partner.person).update(permission=permission)
    Separation.objects.create(household=home.household, declared_by=home.partner.person, declared_at=timezone.now())
    told = [one.standing.why_not for one in entries(facts_of(home.access_of(home.partner)), event="separation")]

    assert any("Appelez-nous" in text or "appelez-nous" in text for text in told)
    assert [text for text in told if "itulaire" in text or text.count("ppelez-nous") > 1] == []


def test_a_procedure_that_is_closed_says_so(publishing):
    publishing(MOVE)
    procedure = Procedure.objects.get()
    procedure.is_open, procedure.notice = False, "Reprise en janvier."
    configure(procedure, changed=["is_open", "notice"], by=THIERRY, at=timezone.now())
    page = read(entered(couple().holder), CATALOGUE + "changement-adresse/")

    assert "Cette démarche est fermée pour le moment." in page
    assert "Reprise en janvier." in page


def test_an_empty_catalogue_is_told_kindly(db):
    assert "Aucune démarche pour l’instant" in read(entered(couple().holder), CATALOGUE)


PERIOD = "period: {since: 06-01, until: 11-30}\n"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 6, 1), ""),
        (date(2026, 11, 30), ""),
        (date(2026, 12, 1), "Cette démarche ouvre le 1er juin 2027."),
        (date(2026, 5, 31), "Cette démarche ouvre le 1er juin"),
    ],
)
def test_out_of_its_period_a_procedure_says_when_it_opens(on, said):
    told = standing(load(MOVE + PERIOD), replace(FACTS, today=on))

    assert told.why_not.startswith(said)
    assert told.may_file == (not said)


@pytest.mark.parametrize(
    ("criterion", "may_file", "said"),
    [
        ("{children: {at_least: 3, age_at_most: 17}}", False, "Il faut au moins 3\u00a0enfants de 17\u00a0ans au plus"),
        (
            "{children: {at_least: 1, age_at_least: 18}}",
            False,
            "Aucun enfant de 18\u00a0ans au moins dans votre foyer.",
        ),
        ("{bracket: [T1, T2]}", True, "Il nous manque votre quotient familial."),
        ("{role: partner}", False, "Cette démarche dépend de la place dans le foyer\u00a0: partenaire."),
        ("{adults: {at_least: 2}}", False, "nombre d’adultes"),
        ("{age: {of: me, at_least: 60}}", False, "Votre âge"),
        ("{profile: [adm]}", False, "Votre organisation ne propose pas"),
        ("{frozen: true}", False, "appelez-nous"),
        ("{permission: grant}", False, "ne permet pas"),
        ("{today: {from: 01-01, to: 01-31}}", False, "la période"),
        ("{all: []}", True, ""),
    ],
)
def test_each_condition_has_a_sentence_of_its_own(criterion, may_file, said):
    text = changed("    all:\n      - role: [holder, partner]\n      - permission: requests\n", "", MOVE)
    told = standing(load(changed("  criterion:\n", f"  criterion: {criterion}\n", text)), FACTS)

    assert told.may_file == may_file
    assert said in (told.why_not or told.remark)


def test_only_an_administration_tells_what_its_silence_means(publishing, organisation_of):
    publishing(MOVE)
    client = entered(couple().holder)
    page = CATALOGUE + "changement-adresse/"

    for profile in ("mut", "cse", "asso", "ent"):
        organisation_of(profile)
        assert "considérée comme" not in read(client, page)
    organisation_of("adm")
    assert "Sans réponse de notre part après 2 mois, votre demande complète est considérée comme acceptée." in read(
        client, page
    )


def test_a_page_costs_the_same_whatever_the_family_and_the_catalogue(shipped, django_assert_max_num_queries):
    home = couple()
    for number in range(9):
        living(person(f"Enfant{number} Benali"), home.household, "dependent_child", rank=9)
    client = entered(home.holder)
    client.get(CATALOGUE)
    for page in (CATALOGUE, CATALOGUE + "changement-adresse/", CATALOGUE + "?q=adresse"):
        with django_assert_max_num_queries(8):
            client.get(page)
