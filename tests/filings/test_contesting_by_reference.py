"""A complaint begun from the catalogue names a request by its reference: it is linked to the decision all the same."""

import pytest
from django.utils import timezone

from tests.filings.factories import REFUSAL, desk, organisation
from tests.household.homes import entered, let_in, outsider, read, shown
from xpassfam.documents.models import Document
from xpassfam.filings.actions import deciding, drafting, examining, sending
from xpassfam.filings.actions.drafting import NotContestable
from xpassfam.filings.agents.foreseen import foreseen
from xpassfam.filings.holding import NeedsAnother
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.paper import facts
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.people.access import for_account
from xpassfam.procedures import shipped
from xpassfam.procedures.actions import publish
from xpassfam.rules.mentions import Case, Mention, Paper, missing

pytestmark = pytest.mark.django_db
[D14] = [path.read_text(encoding="utf-8") for path in shipped.files() if path.stem.startswith("d14")]
NOBODYS = "D-7K3Q-M2XP"


@pytest.fixture
def room():
    return desk()


def refused_by_nadia(room):
    refused = room.examined()
    return deciding.decide(refused, REFUSAL, seen=refused.version, by=room.nadia, at=timezone.now())


def answers(reference, about="decision"):
    return {"about": about, "reference": reference, "grounds": "La date est bonne."}


def shipped_complaint(room):
    return publish(D14, by=room.camille, at=timezone.now())


def complaint(room, reference, about="decision"):
    return room.filed(answers(reference, about), version=shipped_complaint(room), with_proof=False)


def slips(reference):
    code = reference.replace("-", "")
    other = "7" if code[4] != "7" else "3"
    return {
        "as it is written": reference,
        "in small letters, with spaces": f" {reference.lower().replace('-', ' ')} ",
        "without its first letter": code[1:],
        "a wrong character": code[:4] + other + code[5:],
        "a character too many": f"{code[:4]}{other}{code[4:]}",
        "two neighbours swapped": code[:3] + code[4] + code[3] + code[5:],
    }


@pytest.mark.parametrize("slip", slips(NOBODYS))
def test_a_reference_is_understood_however_it_is_typed(room, slip):
    decision = refused_by_nadia(room)

    sent = complaint(room, slips(decision.filing.reference)[slip])

    assert sent.contests == decision
    assert Filing.objects.get(pk=sent.pk).contests == decision
    assert Line.objects.filter(kind="filings.contested").count() == 1


def test_whoever_refused_does_not_answer_it(room):
    sent = complaint(room, refused_by_nadia(room).filing.reference)

    with pytest.raises(NeedsAnother):
        examining.take(sent, by=room.nadia, at=timezone.now())
    with pytest.raises(NeedsAnother):
        deciding.decide(sent, Verdict("approved"), seen=sent.version, by=room.nadia, at=timezone.now())


def test_where_it_is_right_the_decision_is_taken_back(room):
    decision = refused_by_nadia(room)
    sent = complaint(room, decision.filing.reference)

    deciding.decide(sent, Verdict("approved"), seen=sent.version, by=room.claire, at=timezone.now())

    decision.refresh_from_db()
    assert decision.superseded_at is not None
    assert Filing.objects.get(pk=decision.filing_id).status == Status.UNDER_REVIEW


def test_the_family_reads_which_decision_it_contests(room):
    decision = refused_by_nadia(room)
    sent = complaint(room, decision.filing.reference)
    family, page = entered(room.home.holder), "/mon-compte/demandes/"

    assert "Elle conteste la décision de la demande" in read(family, f"{page}{sent.public_id}/")
    assert f"Contestée par la demande {sent.reference}" in read(family, f"{page}{decision.filing.public_id}/")


def test_one_contest_at_a_time(room):
    decision = refused_by_nadia(room)
    complaint(room, decision.filing.reference)
    second = room.draft(answers(decision.filing.reference), version=shipped_complaint(room), with_proof=False)

    with pytest.raises(NotContestable):
        sending.send(second, access=room.access, by=room.camille, at=timezone.now())
    page = f"/mon-compte/demandes/{second.public_id}/envoi/"
    told = entered(room.home.holder).post(page, {"honour": "on"}, follow=True)

    assert "déjà contestée dans votre foyer" in shown(told)
    assert Filing.objects.get(pk=second.pk).is_draft


def test_the_contest_of_what_is_private_is_private(room):
    decision = refused_by_nadia(room)
    Filing.objects.filter(pk=decision.filing_id).update(is_private=True)

    sent = complaint(room, decision.filing.reference)

    assert (sent.contests, sent.is_private) == (decision, True)
    assert sent not in Filing.objects.visible_to(room.home.access_of(room.home.partner))


def test_so_are_the_documents_given_for_it_before_its_reference_and_after(room):
    decision = refused_by_nadia(room)
    Filing.objects.filter(pk=decision.filing_id).update(is_private=True)
    draft = room.draft(answers(""), version=shipped_complaint(room), with_proof=False)
    early, used_before = room.document("other"), room.document("other")
    for document, is_reused in ((early, False), (used_before, True)):
        facts = {"key": "new", "document": document, "is_reused": is_reused}
        drafting.add_piece(draft, **facts, access=room.access, at=timezone.now())
    section = draft.definition.sections[0].key
    given = answers(decision.filing.reference)
    seen = draft.revisions[section]
    saved = drafting.save(draft, section=section, answers=given, seen=seen, access=room.access, at=timezone.now())

    assert saved.filing.is_private
    theirs = Document.objects.visible_to(room.home.access_of(room.home.partner))
    assert (early in theirs, used_before in theirs) == (False, True)


def test_an_agent_reads_beforehand_whether_a_yes_takes_a_decision_back(room):
    linked, other = complaint(room, refused_by_nadia(room).filing.reference), complaint(room, "", "service")

    assert foreseen(linked, on=room.access.on)[0].startswith("La décision contestée est retirée")
    assert "aucune n’est retirée" in foreseen(other, on=room.access.on)[0]


def told(sent):
    """All that a paper and the history say, but for what is its own."""
    return {code: text for code, text in sent.acknowledgement["mentions"].items() if code != Mention.REFERENCE}


def test_the_reference_of_another_family_links_nothing_and_tells_nothing(room):
    theirs = refused_by_nadia(room)
    room.home = Elsewhere(outsider())

    sent, unknown = complaint(room, theirs.filing.reference), complaint(room, NOBODYS)

    assert (sent.contests, sent.status) == (None, Status.RECEIVED)
    assert (told(sent), sent.status) == (told(unknown), unknown.status)
    assert not Line.objects.filter(kind="filings.contested").exists()


def test_it_tells_nothing_either_once_the_other_family_contests(room):
    theirs = refused_by_nadia(room)
    complaint(room, theirs.filing.reference)
    room.home = Elsewhere(outsider())

    assert complaint(room, theirs.filing.reference).contests is None


def test_whoever_may_only_follow_their_own_links_nothing_of_the_home(room):
    decision = refused_by_nadia(room)
    odile = outsider()
    let_in(odile.person, room.home.household, "requests", origin="invitation")
    room.home.holder = odile

    assert complaint(room, decision.filing.reference).contests is None


@pytest.mark.parametrize(
    "change",
    [
        {"contest_until": timezone.localdate().replace(year=2020)},
        {"contest_until": None},
        {"superseded_at": timezone.now()},
    ],
)
def test_what_can_no_longer_be_contested_is_complained_of_all_the_same(room, change):
    decision = refused_by_nadia(room)
    Decision.objects.filter(pk=decision.pk).update(**change)

    sent = complaint(room, decision.filing.reference)

    assert (sent.contests, sent.status) == (None, Status.RECEIVED)


@pytest.mark.parametrize(("reference", "about"), [("", "decision"), ("Nadia m’a dit non", "decision")])
def test_a_complaint_without_a_reference_that_is_one_is_received(room, reference, about):
    refused_by_nadia(room)

    assert complaint(room, reference, about).contests is None


@pytest.mark.parametrize("about", ["delay", "service"])
def test_a_complaint_that_is_not_about_a_decision_contests_none(room, about):
    assert complaint(room, refused_by_nadia(room).filing.reference, about).contests is None


def test_a_mutual_names_its_mediator_to_whoever_complains_whatever_they_complain_of(room):
    organisation(legal_profile="mut", mediator="Médiateur de la Mutualité, Paris")
    sent = complaint(room, "", "service")

    said = sent.acknowledgement["mentions"]
    assert missing(Paper.ACKNOWLEDGEMENT, "mut", [Mention(code) for code in said], Case(is_complaint=True)) == set()
    assert "Médiateur de la Mutualité" in said[Mention.MEDIATOR]

    answer = deciding.decide(sent, Verdict("approved"), seen=sent.version, by=room.nadia, at=timezone.now())
    assert "Médiateur de la Mutualité" in answer.letter["mentions"][Mention.MEDIATOR]
    del answer.letter["mentions"][Mention.MEDIATOR]
    assert facts.missing_mentions(answer) == [Mention.MEDIATOR]


class Elsewhere:
    """The home of somebody else, as `Desk` reads it."""

    def __init__(self, holder):
        self.holder = holder

    def access_of(self, someone):
        return for_account(someone, on=timezone.localdate())[0]


def test_before_sending_the_family_reads_which_decision_it_is_or_that_none_was_found(room):
    decision, camille = refused_by_nadia(room), entered(room.home.holder)
    version = shipped_complaint(room)
    known, unknown, other = (
        room.draft(answers(reference, about), version=version, with_proof=False)
        for reference, about in [(decision.filing.reference, "decision"), (NOBODYS, "decision"), (NOBODYS, "service")]
    )

    texts = [read(camille, f"/mon-compte/demandes/{one.public_id}/verifier/") for one in (known, unknown, other)]

    assert f"Vous contestez la décision de la demande {decision.filing.reference}" in texts[0]
    assert f"Nous ne trouvons pas de décision à contester sous {NOBODYS}" in texts[1]
    assert ["Nous ne trouvons pas" in text for text in texts] == [False, True, False]
