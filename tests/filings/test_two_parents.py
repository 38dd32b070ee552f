"""Two parents agree online on a shared residence: who is asked, what they read, what they say, what it does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.factories import PASSWORD
from tests.accounts.mailbox import received
from tests.filings.agreeing import (
    NUMBER,
    answered,
    antoine_of,
    ask,
    home_of,
    mails_to_antoine,
    page,
    say,
    shares,
    verify,
)
from tests.filings.factories import desk
from tests.filings.shipped import approve
from tests.household.homes import entered, read, shown
from xpassfam.filings import agreements
from xpassfam.filings.actions import agreeing, deciding, examining, following, sending
from xpassfam.filings.agents import foreseen
from xpassfam.filings.holding import Overtaken
from xpassfam.filings.models import Agreement
from xpassfam.filings.verdicts import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def antoine(room):
    return antoine_of(room)


# Who is asked, and what they read


def test_the_other_home_that_is_known_is_asked_as_soon_as_it_is_sent(room, antoine):
    received()
    filing = ask(room)

    [mail] = mails_to_antoine()
    assert mail.subject == "Votre accord est demandé pour Inès"
    assert page(filing) in mail.body
    todo = read(entered(antoine), "/mon-compte/")
    assert "Répondez : résidence alternée pour Inès" in todo


def test_the_page_says_the_sharing_from_the_other_side_and_nothing_of_the_other_home(room, antoine):
    filing = ask(room, sharing="other", rhythm="other", rhythm_note="Chez moi au 2 rue des Lilas, menteur")

    text = read(entered(antoine), page(filing))

    assert "Camille demande que Inès vive chez vous deux" in text
    assert "Les aides de l’enfant iraient</dt><dd>À moi" in text.replace("\n", "")
    for word in ("Martin", "Lilas", "Nantes", "menteur", "Karim", "camille@", filing.reference):
        assert word not in text


def test_nothing_of_the_other_home_is_in_the_mail(room, antoine):
    received()
    ask(room)

    [mail] = mails_to_antoine()
    assert not [word for word in ("Camille", "Martin", "Lilas", "Nantes") if word in mail.body]


def test_of_a_number_alone_nobody_is_asked_before_an_agent_has_verified_it(room):
    antoine = antoine_of(room, is_known=False)
    received()
    filing = ask(room, number=NUMBER)

    assert not mails_to_antoine()
    assert "Inès" not in read(entered(antoine), "/mon-compte/")
    verify(room, filing)
    assert len(mails_to_antoine()) == 1
    assert "Inès" in read(entered(antoine), page(filing))


def test_whoever_files_reads_the_same_whether_the_number_leads_to_somebody_or_not(room):
    antoine_of(room, is_known=False)
    camille = entered(room.home.holder)

    told = []
    for number in (NUMBER, "ESF-1998-016789-G"):
        filing = ask(room, number=number)
        pages = read(camille, f"/mon-compte/demandes/{filing.public_id}/"), read(camille, "/mon-compte/historique/")
        assert "Antoine" not in pages[0] + pages[1]
        told.append(["Réponse attendue de l’autre parent." in pages[0], pages[1].count("est attendu")])
    assert told == [[True, 1], [True, 2]]

    asked = ask(room, number=NUMBER)
    verify(room, asked)
    assert "Réponse attendue" in read(camille, f"/mon-compte/demandes/{asked.public_id}/")


def test_without_a_number_nor_a_known_home_it_says_what_to_write_and_keeps_everything(room):
    with pytest.raises(sending.Incomplete) as refusal:
        ask(room)
    assert "numéro d’adhérent" in str(refusal.value)

    draft = room.home.household.filings.get()
    text = read(entered(room.home.holder), f"/mon-compte/demandes/{draft.public_id}/verifier/")
    assert "écrivez son numéro d’adhérent" in text
    assert f"/mon-compte/demandes/{draft.public_id}/etape/child/" in text


def test_an_agent_ticks_whose_number_it_is_before_anybody_is_asked(room):
    antoine = antoine_of(room, is_known=False)
    filing, nadia = ask(room, number=NUMBER), entered(room.nadia)
    desk_page = f"/gestion/demandes/{filing.public_id}/"
    assert "L’autre parent n’est pas encore interrogé" in shown(nadia.get(desk_page))

    refused = nadia.post(desk_page + "autre-parent/", {"seen": filing.version})
    assert "Vérifiez à qui l’enfant sera montré" in shown(refused)
    assert not Agreement.objects.exists()

    nadia.post(desk_page + "autre-parent/", {"seen": filing.version, "verified": home_of(antoine).public_id})
    assert Agreement.objects.get().parent == antoine.person
    assert "Réponse attendue" in shown(nadia.get(desk_page))
    assert nadia.get(desk_page + "autre-parent/").headers["Location"] == desk_page


# What they say, and what it does


def test_both_agree_and_no_paper_is_needed(room, antoine):
    filing = ask(room, sharing="me")
    say(antoine, filing)

    approve(room, filing)

    assert shares(room) == {"Foyer Martin-Benali": 100, "Foyer Moreau": 0}


def test_without_the_other_s_yes_the_aids_go_by_half(room, antoine):
    filing = ask(room, sharing="me")

    assert "par moitié" in " ".join(foreseen.foreseen(filing, on=timezone.localdate()))
    approve(room, filing)

    assert shares(room) == {"Foyer Martin-Benali": 50, "Foyer Moreau": 50}


@pytest.mark.parametrize(("answer", "sharing"), [("proposed", "half"), ("refused", "")])
def test_another_choice_makes_no_agreement_and_is_a_reason_to_refuse(room, antoine, answer, sharing):
    filing = ask(room, sharing="me")
    say(antoine, filing, answer, sharing, words="Il ne vient jamais le week-end.")
    nadia = entered(room.nadia)

    text = shown(nadia.get(f"/gestion/demandes/{filing.public_id}/refuser/"))
    assert "M09 – Les deux parents n’ont pas donné le même choix de partage." in text
    assert "Votre choix de partage : à vous. Interrogé en ligne, l’autre parent n’a pas fait le même." in text
    assert "jamais le week-end" not in text
    approve(room, filing)
    assert shares(room) == {"Foyer Martin-Benali": 50, "Foyer Moreau": 50}


def test_what_the_other_proposes_may_be_what_was_asked(room, antoine):
    filing = ask(room, sharing="me")
    say(antoine, filing, "proposed", "other")

    approve(room, filing)

    assert shares(room) == {"Foyer Martin-Benali": 100, "Foyer Moreau": 0}


def test_the_agent_reads_both_side_by_side_with_the_words(room, antoine):
    filing = ask(room, sharing="me")
    say(antoine, filing, "proposed", "half", words="On paie tout à deux.")

    text = shown(entered(room.nadia).get(f"/gestion/demandes/{filing.public_id}/"))

    for told in (
        "Tout au foyer de la demande",
        "Je propose un autre partage : Pour moitié à chaque parent",
        "Antoine Moreau",
        "On paie tout à deux.",
        "Choix différents",
    ):
        assert told in text


def test_whoever_filed_learns_that_there_is_an_answer_and_whether_it_is_the_same(room, antoine):
    filing = ask(room, sharing="me")
    camille, theirs = entered(room.home.holder), f"/mon-compte/demandes/{filing.public_id}/"
    received()
    say(antoine, filing, "refused", words="Il ne vient jamais.")

    text = read(camille, theirs)
    assert "vos deux choix ne sont pas les mêmes" in text
    assert "jamais" not in text
    assert "Antoine" not in text
    assert [mail.to for mail in received() if "L’autre parent a répondu" in mail.subject] == [["camille@example.org"]]

    say(antoine, filing, "agreed")
    assert "vous avez fait le même choix" in read(camille, theirs)
    assert not received()


def test_a_sharing_that_the_first_parent_changes_is_held_against_what_the_other_said(room, antoine):
    filing = ask(room, sharing="me")
    say(antoine, filing, "agreed")
    filing.answers["sharing"] = "other"
    filing.save()

    assert agreements.standing(filing, agreements.of(filing), on=timezone.localdate()) == "different"


def test_a_change_of_what_was_shown_is_asked_again(room, antoine):
    filing = ask(room)
    agreement = say(antoine, filing)
    filing.answers["rhythm"] = "halves"
    filing.save()
    received()

    agreeing.ask_where_known(filing, at=timezone.now())

    agreement.refresh_from_db()
    assert (agreement.version, agreement.answer) == (2, "")
    assert len(mails_to_antoine()) == 1


def test_what_the_family_completes_is_asked_again(room, antoine):
    filing = ask(room)
    say(antoine, filing)
    until = timezone.localdate() + timedelta(days=5)
    how = {"fields": ["rhythm"], "pieces": [], "text": "Quel rythme ?", "until": until}
    examining.ask(filing, **how, seen=filing.version, by=room.nadia, at=timezone.now())
    following.complete(filing, answers={"rhythm": "halves"}, access=room.access, by=room.camille, at=timezone.now())

    agreement = Agreement.objects.get()
    assert (agreement.terms["rhythm"], agreement.answer) == ("halves", "")
    assert "Des moitiés de semaine" in read(entered(antoine), page(filing))


def test_what_was_answered_to_another_question_is_not_kept(room, antoine):
    filing = ask(room)
    agreement = Agreement.objects.get()
    said = agreeing.Said("agreed", version=agreement.version + 1, proposed="half")

    with pytest.raises(Overtaken):
        answered(antoine, agreement, said)
    assert filing.agreement.answer == ""


def test_once_decided_nothing_is_answered_any_more(room, antoine):
    filing = ask(room)
    approve(room, filing)

    with pytest.raises(agreeing.Decided):
        say(antoine, filing)
    text = read(entered(antoine), page(filing))
    assert "la demande est acceptée" in text
    assert "Envoyer ma réponse" not in text


def test_an_answer_that_comes_while_an_agent_decides_is_read_first(room, antoine):
    filing, nadia = ask(room, sharing="me"), entered(room.nadia)
    seen = filing.version
    say(antoine, filing, "refused")

    answer = nadia.post(f"/gestion/demandes/{filing.public_id}/valider/", {"seen": seen, "step": "send"})

    assert answer.status_code == 409
    assert "Réponse de l’autre parent" in shown(answer)
    filing.refresh_from_db()
    assert filing.is_pending


def test_no_answer_is_reminded_of_once_then_said_to_the_agent(room, antoine):
    filing = ask(room)
    received()
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert agreeing.remind(at=timezone.now()) == 1
        assert agreeing.remind(at=timezone.now()) == 0
        assert [mail.subject.replace("\u00a0", " ") for mail in mails_to_antoine()] == [
            "Votre réponse est attendue pour Inès"
        ]
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        text = shown(entered(room.nadia).get(f"/gestion/demandes/{filing.public_id}/"))
        assert "Pas de réponse" in text


def test_who_answered_is_not_reminded(room, antoine):
    say(antoine, ask(room), "refused")

    with time_machine.travel(timezone.now() + timedelta(days=5)):
        assert agreeing.remind(at=timezone.now()) == 0


@pytest.mark.parametrize("is_refused", [True, False])
def test_whoever_was_asked_learns_that_it_came_to_nothing_and_not_how(room, antoine, is_refused):
    filing = ask(room, sharing="me")
    say(antoine, filing, "refused")
    if is_refused:
        facts = "Les deux parents n’ont pas fait le même choix de partage des aides."
        refusal = Verdict("refused", reasons=["M09"], facts=facts)
        deciding.decide(filing, refusal, seen=filing.version, by=room.nadia, at=timezone.now())
    else:
        following.withdraw(filing, access=room.access, by=room.camille, at=timezone.now())
    received()

    assert [agreeing.tell_of_ends(at=timezone.now()) for _time in range(2)] == [1, 0]
    [mail] = mails_to_antoine()
    assert mail.subject == "La demande pour Inès est terminée"
    assert "refus" not in mail.body
    theirs = read(entered(antoine), "/mon-compte/historique/")
    assert "Résidence alternée pour Inès : la demande est terminée, rien ne change." in theirs


def test_of_a_yes_the_effect_tells_and_nothing_else(room, antoine):
    filing = ask(room)
    say(antoine, filing)
    approve(room, filing)

    assert agreeing.tell_of_ends(at=timezone.now()) == 0


# In the page


def test_the_page_takes_an_answer_without_any_script(room, antoine):
    filing = ask(room, sharing="me")
    client = entered(antoine)
    shown_once = {"version": "1", "proposed": "other"}

    refused = client.post(page(filing), shown_once | {"answer": "proposed", "words": "Mon mot"})
    assert "Choisissez le partage que vous proposez." in shown(refused)
    assert "Mon mot" in shown(refused)

    done = client.post(page(filing), shown_once | {"answer": "proposed", "sharing": "half"}, follow=True)
    assert "votre réponse est gardée" in shown(done)
    assert "Je propose un autre partage : pour moitié à chaque parent" in shown(done)
    assert "Répondez" not in read(client, "/mon-compte/")


def test_a_session_that_has_proved_nothing_lately_proves_who_it_is_and_loses_nothing(room, antoine):
    filing, client = ask(room), entered(antoine)
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        typed = {"version": "1", "proposed": "half", "answer": "refused", "words": "Ni la semaine."}
        from_there = {"HTTP_REFERER": f"http://testserver{page(filing)}"}
        asked = client.post(page(filing), typed, **from_there)
        assert "mot de passe" in shown(asked)
        assert not Agreement.objects.exclude(answer="").exists()

        carried = re.search(r'name="carried" value="([^"]+)"', shown(asked))[1]
        confirmed = {"password": PASSWORD, "carried": carried, "next": page(filing)}
        back = client.post("/connexion/confirmer/", confirmed, follow=True)
        assert "Ni la semaine." in shown(back)
