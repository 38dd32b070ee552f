"""The acknowledgement and the decision as PDF: every mention of the profile, no sentence that is not its law."""

import io
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.filings.factories import CONTEST, FACTS, INCOME, agent, desk, organisation
from tests.household.homes import entered, outsider
from tests.pdf.readers import assert_believed, needs_poppler, needs_qpdf
from xpassfam.certificates.models import Paper as VerifiedPaper
from xpassfam.config import seal
from xpassfam.filings.actions import deciding, drafting, examining, following, sending
from xpassfam.filings.models import Decision
from xpassfam.filings.paper import facts, printing
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.people.models import Household, Person
from xpassfam.procedures.actions import publish
from xpassfam.rules.certificates import written_code
from xpassfam.rules.legal_profiles import forbidden_in
from xpassfam.rules.mentions import Case, Mention, Paper, required

pytestmark = pytest.mark.django_db
PROFILES = ("adm", "mut", "cse", "asso", "ent")
VERDICTS = {
    "approved": Verdict("approved"),
    "approved_under_reserve": Verdict("approved_under_reserve", limits="L’original de la lettre.", reserve=["note"]),
    "approved_in_part": Verdict(
        "approved_in_part", reasons=["M03"], facts=FACTS, limits="À partir de novembre.", withheld="Octobre."
    ),
    "refused": Verdict("refused", reasons=["M03"], facts=FACTS),
}
UPHELD = {"approved": [], "refused": ["M17"]}
MEDIATOR = "Médiateur de la Mutualité, 4 avenue de l’Opéra, 75001 Paris"
REJECTION = INCOME.replace("effect: acceptance", "effect: rejection").replace("L231-1", "L231-4")


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def at(time_machine):
    time_machine.move_to("2026-11-23 14:05:00Z", tick=False)
    return timezone.now()


def of(room, profile):
    court = "le tribunal administratif de Nantes" if profile == "adm" else "le tribunal judiciaire de Nantes"
    organisation(legal_profile=profile, mediator=MEDIATOR if profile == "mut" else "", court=court)
    return room


def decided(room, verdict=VERDICTS["refused"], filing=None):
    filing = filing or room.examined()
    return deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())


def text(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).replace("\u00a0", " ").replace("\u202f", " ").split())


def plain(words: str) -> str:
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def assert_bears(pdf: bytes, said: dict[str, str], mentions, profile: str) -> None:
    paper = text(pdf)
    assert set(mentions) <= set(said)
    missing = [code for code in mentions if not all(part in paper for part in parts(code, said[code]))]
    assert missing == []
    assert forbidden_in(paper, profile=profile) == ()


def parts(code: str, sentence: str) -> list[str]:
    """What the page must show of a mention, however it is laid out."""
    if code == Mention.REASONS_OF_LAW:
        return ["La pièce reçue est trop ancienne.", "Article 4 du règlement des aides"]
    if code == Mention.REMEDY_DELAYS and "jusqu’au" in sentence:
        return [plain(sentence).partition("jusqu’au ")[2].rstrip(".")]
    if code == Mention.MISSING_PIECES:
        return ["Attestation CAF"]
    return [part.rstrip(".") for part in plain(sentence).split(". ")]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("outcome", VERDICTS)
def test_a_decision_bears_every_mention_of_its_profile(room, profile, outcome):
    decision = decided(of(room, profile), VERDICTS[outcome])

    mentions = required(facts.PAPERS[Decision.Outcome(outcome)], profile)
    assert_bears(printing.decision(decision), decision.letter["mentions"], mentions, profile)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("procedure", [INCOME, REJECTION])
@pytest.mark.parametrize("is_complete", [True, False])
def test_an_acknowledgement_bears_every_mention_of_its_profile(room, profile, procedure, is_complete):
    of(room, profile)
    room.version = publish(procedure, by=room.camille, at=timezone.now())
    draft = room.draft(with_proof=is_complete)
    if not is_complete:
        drafting.tell_missing(draft, key="proof", why="La CAF l’envoie.", access=room.access, at=timezone.now())

    sent = sending.send(draft, access=room.access, by=room.camille, at=timezone.now())

    silence = room.version.definition.silence.effect
    mentions = required(Paper.ACKNOWLEDGEMENT, profile, Case(silence=silence, is_complete=is_complete))
    assert_bears(printing.acknowledgement(sent), sent.acknowledgement["mentions"], mentions, profile)


def test_dates_are_the_right_ones_of_that_day(room, at):
    refused = decided(of(room, "asso"))
    filing = refused.filing

    assert "le 23 novembre 2026 à 15 h 05" in text(printing.acknowledgement(filing))
    assert "au plus tard le 30 novembre 2026" in text(printing.acknowledgement(filing))
    assert "jusqu’au 25 janvier 2027 inclus" in text(printing.decision(refused))  # the 23rd is a Saturday


def test_before_an_administrative_court_the_two_months_are_whole_and_four_from_abroad(room, at):
    assert "jusqu’au 25 janvier 2027 inclus" in text(printing.decision(decided(of(room, "adm"))))

    Household.objects.update(country="BE")
    assert "jusqu’au 24 mars 2027 inclus" in text(printing.decision(decided(of(room, "adm"))))


def test_the_silence_of_an_administration_has_its_date(room, at):
    sent = of(room, "adm").filed()

    assert "considérée comme acceptée. Elle le sera le 23 janvier 2027 au soir." in text(printing.acknowledgement(sent))


def test_the_same_paper_is_the_same_bytes_whatever_changed_since(room, time_machine):
    decision = decided(room)
    first = printing.decision(decision), printing.acknowledgement(decision.filing)

    Household.objects.update(address="99 rue Nouvelle")
    organisation(support_phone="01 00 00 00 00", appeal_body="le bureau")
    time_machine.move_to("2031-01-01 12:00:00Z", tick=False)
    again = Decision.objects.get()

    assert (printing.decision(again), printing.acknowledgement(again.filing)) == first


def test_few_words_take_one_page_and_many_take_more(room):
    few = decided(room)
    many = Verdict("refused", reasons=["M02", "M03"], facts=("Une phrase de faits, longue comme il faut. " * 95)[:4000])

    assert pages(printing.decision(few)) == 1
    long = printing.decision(decided(room, many))
    assert pages(long) > 1
    assert "longue comme il faut" in text(long)
    assert "2 / " in text(long)


def test_long_names_and_what_looks_like_commands_are_printed(room):
    Person.objects.filter(pk=room.home.holder.person_id).update(
        first_names="Marie-Antoinette-Joséphine, Églantine", last_name="de La Rochefoucauld-Montbéliard #panic() $x$"
    )
    decision = decided(room)

    paper = printing.decision(decision)
    assert "#panic()" in text(paper).replace("#PANIC()", "#panic()")
    assert pages(paper) == 1


def test_papers_are_tagged_titled_and_archivable(room):
    decision = decided(room)
    for pdf, title in (
        (printing.decision(decision), "Décision sur la demande"),
        (printing.acknowledgement(decision.filing), "Accusé de réception de la demande"),
    ):
        reader = PdfReader(io.BytesIO(pdf))
        assert reader.root_object["/MarkInfo"]["/Marked"]
        assert reader.metadata.title == f"{title} {decision.filing.reference}"
        said = reader.root_object["/Metadata"].get_data().decode()
        assert "<pdfuaid:part>1</pdfuaid:part>" in said
        assert "<pdfaid:conformance>A</pdfaid:conformance>" in said


def contest(room, first):
    grounds = {"grounds": "La date est celle d’octobre."}
    version = publish(CONTEST, by=room.camille, at=timezone.now())
    return room.filed(grounds, version=version, contests=first, with_proof=False)


@pytest.mark.parametrize("outcome", ["approved", "refused"])
def test_a_mutual_names_its_mediator_in_each_answer_to_a_complaint(room, outcome):
    complaint = contest(room, decided(of(room, "mut")))
    room.nadia = room.claire
    taken = examining.take(complaint, by=room.claire, at=timezone.now())

    answer = decided(room, replace(VERDICTS[outcome], reasons=UPHELD[outcome]), filing=taken)

    assert "Médiateur de la Mutualité" in text(printing.acknowledgement(complaint))
    assert "Médiateur de la Mutualité" in text(printing.decision(answer))


def test_who_refused_the_complaint_is_not_who_one_turns_to_next(room):
    complaint = contest(room, decided(of(room, "asso")))
    room.nadia = room.claire
    upheld = replace(VERDICTS["refused"], reasons=["M17"])
    answer = decided(room, upheld, filing=examining.take(complaint, by=room.claire, at=timezone.now()))

    letter = text(printing.decision(answer))
    assert "commission de recours" not in letter
    assert "Vous pouvez saisir le tribunal judiciaire de Nantes" in letter
    assert "Corriger et renvoyer" not in letter


def test_what_was_granted_in_part_is_not_sent_again(room):
    letters = {one: text(printing.decision(decided(room, VERDICTS[one]))) for one in ("approved_in_part", "refused")}

    assert ["Corriger et renvoyer" in letter for letter in letters.values()] == [False, True]


def test_a_family_takes_its_papers_away(room):
    decision = decided(room)
    page = f"/mon-compte/demandes/{decision.filing.public_id}/"
    client = entered(room.home.holder)

    for name, start in (("accuse.pdf", "accuse-de-reception"), ("decision.pdf", "decision")):
        response = client.get(page + name)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert b"/ETSI.CAdES.detached" in response.content
        assert f'"{start}-{decision.filing.reference}.pdf"' in response["Content-Disposition"]
        assert "no-store" in response["Cache-Control"]
        assert response.content.startswith(b"%PDF-")


def test_there_is_no_paper_of_a_draft_nor_of_what_was_not_decided(room):
    client = entered(room.home.holder)
    draft, sent = room.draft(), room.filed()

    assert client.get(f"/mon-compte/demandes/{draft.public_id}/accuse.pdf").status_code == 404
    assert client.get(f"/mon-compte/demandes/{sent.public_id}/decision.pdf").status_code == 404


def test_another_family_finds_nothing(room):
    filing = decided(room).filing
    client = entered(outsider())

    assert client.get(f"/mon-compte/demandes/{filing.public_id}/accuse.pdf").status_code == 404
    assert client.get(f"/mon-compte/demandes/{filing.public_id}/decision.pdf").status_code == 404
    assert client.get(f"/gestion/demandes/{filing.public_id}/decision.pdf").status_code == 403


def test_the_family_reads_that_an_agent_took_a_paper(room):
    filing = decided(room).filing
    client = entered(agent("Olivier"))

    assert client.get(f"/gestion/demandes/{filing.public_id}/decision.pdf").status_code == 200
    assert Line.objects.filter(kind="filings.read").count() == 1


def test_after_a_contest_the_paper_is_that_of_the_decision_that_stands(room):
    first = decided(room)
    Decision.objects.update(superseded_at=timezone.now())
    client = entered(room.home.holder)
    page = f"/mon-compte/demandes/{first.filing.public_id}/decision.pdf"
    assert "refusée" in text(client.get(page).content)

    type(first.filing).objects.update(status="under_review", ended_at=None)
    first.filing.refresh_from_db()
    room.nadia = room.claire
    decided(room, VERDICTS["approved"], filing=first.filing)

    assert "validée" in text(client.get(page).content)


def verified(frozen) -> str:
    """What a stranger reads, with the code alone."""
    return Client().get(f"/verifier/{frozen['check']['code']}").content.decode()


def test_whoever_receives_a_paper_verifies_it_by_its_code(room):
    decision = decided(room)
    filing = decision.filing

    for frozen, paper in (
        (filing.acknowledgement, printing.acknowledgement(filing)),
        (decision.letter, printing.decision(decision)),
    ):
        assert written_code(frozen["check"]["code"]) in text(paper)
        said = verified(frozen)
        assert "est valable" in said
        assert "C. M." in said
        assert "Martin" not in said
        assert filing.reference not in said


@needs_poppler
@needs_qpdf
def test_independent_readers_agree_on_both_papers(room, tmp_path, settings):
    settings.SEAL = seal.read({}, is_demo=True, var=tmp_path)
    filing = decided(room).filing
    client = entered(room.home.holder)

    for name in ("accuse.pdf", "decision.pdf"):
        pdf = client.get(f"/mon-compte/demandes/{filing.public_id}/{name}").content
        assert_believed(pdf, settings.SEAL, tmp_path, filing.reference)


def test_a_preview_gives_no_code_away(room):
    filing = room.examined()
    deciding.preview(filing, VERDICTS["refused"], seen=filing.version, by=room.nadia, at=timezone.now())

    assert VerifiedPaper.objects.filter(kind="decision").count() == 0


def test_a_withdrawn_filing_keeps_its_acknowledgement(room):
    sent = room.filed()
    following.withdraw(sent, access=room.access, by=room.camille, at=timezone.now())

    assert entered(room.home.holder).get(f"/mon-compte/demandes/{sent.public_id}/accuse.pdf").status_code == 200
