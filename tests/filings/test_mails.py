"""Mails about a filing: what happened, what to do, every mention that the law wants, nothing of what was answered."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from tests.accounts.mailbox import html, received
from tests.filings.factories import FACTS, INCOME, desk, organisation
from xpassfam.filings.actions import clock, deciding, drafting, examining, following, sending
from xpassfam.filings.mails.blocks import blocks
from xpassfam.filings.mails.events import EVENTS
from xpassfam.filings.models import Filing
from xpassfam.filings.paper import facts
from xpassfam.filings.verdicts import Verdict
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.mail import compose
from xpassfam.outbox.models import Message
from xpassfam.procedures.actions import publish
from xpassfam.rules.legal_profiles import forbidden_in
from xpassfam.rules.mentions import Case, Mention, Paper, required

pytestmark = pytest.mark.django_db
PROFILES = ("adm", "mut", "cse", "asso", "ent")
REJECTION = INCOME.replace("effect: acceptance", "effect: rejection").replace("L231-1", "L231-4")
REFUSAL = Verdict("refused", reasons=["M03"], facts=FACTS)
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SECRETS = ("984", "2 juillet", "2 rue des Lilas", "Inès")


@pytest.fixture(params=PROFILES)
def room(request):
    made = desk()
    mediator = "Médiateur de la Mutualité, Paris" if request.param == "mut" else ""
    organisation(legal_profile=request.param, mediator=mediator)
    made.profile = request.param
    return made


@pytest.fixture
def asso():
    made = desk()
    made.profile = "asso"
    return made


def plain(text):
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def now():
    return timezone.now()


def fresh(filing):
    return Filing.objects.get(pk=filing.pk)


def the_last(room):
    """The last mail, once both its faces are found to say the same and nothing that is not for a mailbox."""
    letter = received()[-1]
    page = plain(re.sub(r"<(style|title)>.*?</\1>", "", html(letter), flags=re.DOTALL))
    page = plain(re.sub(r"<[^>]+>", " ", page)).replace("&#x27;", "'")
    text = plain(letter.body)
    for face in (text, page):
        assert forbidden_in(face, profile=room.profile) == ()
        assert [secret for secret in SECRETS if secret in face] == []
        assert "{" not in face
    assert "/mon-compte/demandes/" in letter.body
    assert "/mon-compte/demandes/" in html(letter)
    room.page = page
    return letter, text


def assert_bears(room, text, said, mentions):
    assert set(mentions) <= set(said)
    for code in mentions:
        assert plain(said[code]) in text, code
        assert plain(said[code]) in room.page, code


@pytest.mark.parametrize("procedure", [INCOME, REJECTION])
@pytest.mark.parametrize("is_complete", [True, False])
def test_the_acknowledgement_bears_every_mention(room, procedure, is_complete):
    room.version = publish(procedure, by=room.camille, at=now())
    draft = room.draft(with_proof=is_complete)
    if not is_complete:
        drafting.tell_missing(draft, key="proof", why="La CAF l’envoie.", access=room.access, at=now())
    sent = sending.send(draft, access=room.access, by=room.camille, at=now())

    letter, text = the_last(room)

    case = Case(silence=room.version.definition.silence.effect, is_complete=is_complete)
    assert letter.subject.startswith("C’est bien reçu")
    assert_bears(room, text, sent.acknowledgement["mentions"], required(Paper.ACKNOWLEDGEMENT, room.profile, case))


@pytest.mark.parametrize("outcome", ["approved", "approved_under_reserve", "approved_in_part", "refused"])
def test_the_decision_tells_why_and_how_to_contest_and_leaves_the_facts_in_the_letter(room, outcome):
    verdict = Verdict(outcome, reasons=["M03"], facts=FACTS, limits="L’original.", reserve=["note"])
    if outcome == "approved":
        verdict = Verdict(outcome)
    if outcome == "approved_in_part":
        verdict = Verdict(outcome, reasons=["M03"], facts=FACTS, limits="984 euros", withheld="Le reste.")
    filing = room.examined()
    decision = deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=now())

    letter, text = the_last(room)

    told = facts.mail_facts(decision)["mentions"]
    mentions = required(facts.PAPERS[outcome], room.profile) - {Mention.REASONS_OF_FACT}
    assert_bears(room, text, told, mentions)
    assert {"refused": "refusée", "approved_in_part": "en partie"}.get(outcome, "validée") in letter.subject
    assert FACTS not in text


def test_what_is_to_complete_is_named_with_its_date(room, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    filing = room.examined()
    until = timezone.localdate() + timedelta(days=10)
    text = "Votre attestation de 984 euros est floue."
    ask = {"fields": [], "pieces": ["proof"], "text": text, "until": until}
    completion = examining.ask(filing, **ask, seen=filing.version, by=room.nadia, at=now())

    letter, text = the_last(room)

    case = Case(silence=room.version.definition.silence.effect, is_complete=False)
    assert "Il manque : Attestation CAF." in text
    assert_bears(room, text, facts.completion(completion), required(Paper.COMPLETION, room.profile, case))

    time_machine.move_to(MONDAY + timedelta(days=6), tick=False)
    clock.remind(at=now())
    letter, text = the_last(room)
    assert "Plus que quelques jours" in letter.subject
    assert "Attestation CAF" in text

    filing = fresh(filing)
    examining.extend(filing, until=until + timedelta(days=9), seen=filing.version, by=room.nadia, at=now())
    assert "plus de temps" in the_last(room)[1]

    time_machine.move_to(MONDAY + timedelta(days=30), tick=False)
    clock.expire(at=now())
    assert "s’est arrêtée" in the_last(room)[1]


@pytest.mark.parametrize("procedure", [INCOME, REJECTION])
def test_what_silence_came_to_is_told_with_the_remedies_of_the_law(asso, procedure, time_machine):
    organisation(legal_profile="adm", court="le tribunal administratif de Nantes")
    asso.profile = "adm"
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    asso.version = publish(procedure, by=asso.camille, at=now())
    asso.filed()
    received()
    time_machine.move_to("2027-01-24 14:00:00Z", tick=False)

    clock.note_silence(at=now())

    filing = Filing.objects.get()
    is_yes = filing.silence_effect == "acceptance"
    _letter, text = the_last(asso)
    paper = Paper.ACCEPTED_BY_SILENCE if is_yes else Paper.REJECTED_BY_SILENCE
    assert_bears(asso, text, facts.silence(filing), required(paper, "adm"))
    assert ("attestation" if is_yes else "jusqu’au 24 mars 2027") in text


def test_the_others_say_what_happened_and_what_to_do(room, time_machine):
    time_machine.move_to(MONDAY, tick=False)
    filing = room.examined()
    examining.write(filing, text="Combien gagnez-vous, 984 ?", form_key="a", by=room.nadia, at=now())
    assert "vous a écrit" in the_last(room)[1]

    filing = fresh(filing)
    day = timezone.localdate() + timedelta(days=12)
    examining.refer(filing, on=day, seen=filing.version, by=room.nadia, at=now())
    assert "commission" in the_last(room)[1]

    filing = fresh(filing)
    deciding.close(filing, reason="Déjà faite hier.", seen=filing.version, by=room.nadia, at=now())
    assert "Déjà faite hier." in the_last(room)[1]

    other = room.filed()
    following.withdraw(other, access=room.access, by=room.camille, at=now())
    assert "nous n’y répondrons pas" in the_last(room)[1]

    room.draft()
    time_machine.move_to(MONDAY + timedelta(days=29), tick=False)
    clock.warn_of_drafts(at=now())
    letter, text = the_last(room)
    assert "n’est pas envoyée" in letter.subject
    assert "Référence" not in text


def test_what_was_missing_has_come_and_a_reserve_is_lifted(room):
    draft = room.draft(with_proof=False)
    drafting.tell_missing(draft, key="proof", why="La CAF l’envoie.", access=room.access, at=now())
    filing = sending.send(draft, access=room.access, by=room.camille, at=now())
    following.add_piece(filing, key="proof", document=room.document(), access=room.access, at=now())
    following.complete(fresh(filing), answers={}, access=room.access, by=room.camille, at=now())
    assert "C’est à nous" in the_last(room)[1]

    filing = fresh(filing)
    reserve = Verdict("approved_under_reserve", limits="L’original.", reserve=["note"])
    deciding.decide(filing, reserve, seen=filing.version, by=room.nadia, at=now())
    filing = fresh(filing)
    deciding.lift_reserve(filing, seen=filing.version, by=room.nadia, at=now())
    assert "elle est validée" in the_last(room)[1]


def test_the_sentence_of_the_procedure_is_added(asso):
    asso.version = publish(INCOME + "messages: {sent: Pensez à la rentrée.}\n", by=asso.camille, at=now())
    asso.filed()

    assert "Pensez à la rentrée." in the_last(asso)[1]


def test_an_agent_is_named_where_the_organisation_names_them(asso):
    filing = asso.examined()
    examining.write(filing, text="Bonjour.", form_key="a", by=asso.nadia, at=now())
    assert "Nadia Ferrand vous a écrit" in the_last(asso)[1]

    Organisation.objects.update(agents_are_named=False)
    organisation(agents_are_named=False)
    examining.write(filing, text="Bonjour.", form_key="b", by=asso.nadia, at=now())
    assert "Un agent vous a écrit" in the_last(asso)[1]


def test_every_event_reads_as_a_mail():
    context = {"subject_line": "C’est bien reçu", "paragraphs": ["Bonjour Camille,"], "link": "Voir", "page": "/"}
    for code in EVENTS:
        mail = compose(Message(template=f"filings/mail/{code}", to="camille@example.org", context=context))
        assert mail.subject == "C’est bien reçu"
        assert "Bonjour Camille," in mail.text
        assert "Bonjour Camille," in mail.html


def test_no_mention_is_lost_in_the_blocks():
    said = {code: f"<{code}>" for code in Mention}

    text = " ".join(line for block in blocks(said) for line in block["lines"])

    assert [code for code in Mention if f"<{code}>" not in text] == []


def test_in_english_a_family_still_receives_french(asso):
    with translation.override("en"):
        asso.filed()

    letter, _text = the_last(asso)
    assert letter.subject.startswith("C’est bien reçu")
