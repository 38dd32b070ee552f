"""The papers of a filing as PDF, of the facts that were frozen with it: the same today and in ten years."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.letters import colours, logo
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.paper import coding
from xpassfam.organisation.models import current
from xpassfam.pdf.typesetting import typeset
from xpassfam.rules.mentions import Mention
from xpassfam.ui import words

MODEL = "filings/paper/letter.typ"
Outcome = Decision.Outcome
Section = dict[str, Any]


def acknowledgement(filing: Filing) -> bytes:
    """For a filing that was sent."""
    with translation.override("fr"):
        return typeset(MODEL, of_acknowledgement(filing))


def decision(decided: Decision) -> bytes:
    with translation.override("fr"):
        return typeset(MODEL, of_decision(decided))


def of_acknowledgement(filing: Filing) -> dict[str, Any]:
    frozen, at = filing.acknowledgement or {}, filing.filed_at or filing.saved_at
    said: Mapping[str, str] = frozen["mentions"]
    is_declared = filing.delay is None
    heading = _("Votre déclaration est enregistrée") if is_declared else _("Nous avons reçu votre demande")
    silence = [said.get(code, "") for code in (Mention.SILENCE_EFFECT, Mention.SILENCE_ON, Mention.IF_COMPLETE)]
    ways = [said.get(code, "") for code in (Mention.REMEDY_DELAYS, Mention.REMEDIES, Mention.RIGHT_TO_ATTESTATION)]
    missing = [said.get(code, "") for code in (Mention.COMPLETE_BY, Mention.CLOCK_WAITS)]
    is_told_apart = Mention.REMEDIES not in said and Mention.MEDIATOR in said
    sections = [
        _section(_("Ce qu’il manque"), paragraphs=[" ".join(missing)], items=frozen["missing"]),
        _section(
            _("Et maintenant"),
            leads=[said[Mention.ANSWER_BY]],
            paragraphs=[" ".join(silence), " ".join(ways), said[Mention.MEDIATOR] if is_told_apart else ""],
        ),
        _section(_("Documents reçus"), items=frozen["pieces"]),
        _section(_("Qui s’occupe de votre demande"), paragraphs=[_who(said)]),
    ]
    intro = _("Vous nous avez envoyé le {moment} la demande « {title} ». Elle est enregistrée.").format(
        moment=frozen["received_at"], title=frozen["title"]
    )
    key = {"label": _("Référence à donner si vous nous appelez"), "code": said[Mention.REFERENCE]}
    title = _("Accusé de réception de la demande {reference}").format(reference=said[Mention.REFERENCE])
    return _letter(title, heading, frozen, at=at) | {
        "intro": [intro],
        "key": key,
        "sections": [one for one in sections if one["leads"] or one["paragraphs"] or one["list"]],
        "signature": None,
    }


def of_decision(decided: Decision) -> dict[str, Any]:
    frozen, said = decided.letter, decided.letter["mentions"]
    title = _("Décision sur la demande {reference}").format(reference=said[Mention.REFERENCE])
    computed = [said.get(code, "") for code in (Mention.AUTOMATED_CALCULATION, Mention.RIGHT_TO_RULES)]
    prepared = _section(_("Un calcul automatique"), paragraphs=computed)
    sections = [*_granted(decided), *_refused(decided), prepared, _can_do(decided)]
    sent = _("Vous avez envoyé le {day} la demande « {title} ».").format(day=frozen["sent_on"], title=frozen["title"])
    return _letter(title, _heading(decided), frozen, at=decided.decided_at) | {
        "intro": [f"{sent} {_in_short(decided)}"],
        "key": None,
        "sections": [one for one in sections if one["leads"] or one["paragraphs"] or one["list"] or one["steps"]],
        "signature": {
            "name": f"{said[Mention.AUTHOR_FIRST_NAME]} {said[Mention.AUTHOR_NAME]}",
            "lines": [
                said[Mention.AUTHOR_FUNCTION],
                said[Mention.AUTHOR_SERVICE],
                _("Décision prise par une personne"),
            ],
        },
    }


def _heading(decided: Decision) -> str:
    if decided.is_implicit:
        return _("Votre demande est acceptée par notre silence")
    return {
        Outcome.APPROVED: _("Votre demande est validée"),
        Outcome.UNDER_RESERVE: _("Votre demande est validée sous réserve"),
        Outcome.IN_PART: _("Votre demande est validée en partie"),
        Outcome.REFUSED: _("Votre demande est refusée"),
    }[Outcome(decided.outcome)]


def _in_short(decided: Decision) -> str:
    if decided.is_implicit:
        return _("Nous n’y avons pas répondu à temps : la loi l’accepte. Cette lettre en fait foi.")
    return {
        Outcome.APPROVED: _("Nous l’acceptons. Vous n’avez rien d’autre à faire."),
        Outcome.UNDER_RESERVE: _("Nous l’acceptons, à une condition."),
        Outcome.IN_PART: _("Nous en acceptons une partie."),
        Outcome.REFUSED: _("Nous ne pouvons pas l’accepter aujourd’hui."),
    }[Outcome(decided.outcome)]


def _granted(decided: Decision) -> Iterable[Section]:
    """What is accepted, and on which condition. An older letter has no amounts, nor what is withheld."""
    limits, awaited = decided.letter["limits"], decided.letter["awaited"]
    granted = decided.letter.get("granted", [])
    if decided.outcome == Outcome.UNDER_RESERVE:
        leads = [_("Votre demande prendra effet quand nous aurons reçu ce qui suit.")]
        yield _section(_("Ce qui vous est promis"), items=granted)
        yield _section(_("La réserve"), leads=leads, items=awaited, paragraphs=_paragraphs(limits))
    else:
        yield _section(_("Ce qui est accepté"), items=granted, paragraphs=_paragraphs(limits))
        yield _section(_("Ce qui n’est pas accepté"), items=decided.letter.get("withheld", []))


def _refused(decided: Decision) -> Iterable[Section]:
    """Reasons of law and of fact. Source: CRPA, art. L211-5."""
    reasons, facts = decided.letter["reasons"], decided.letter["mentions"].get(Mention.REASONS_OF_FACT, "")
    if not reasons:
        return
    laws = list(dict.fromkeys(one["law"].rstrip(".") for one in reasons if one["law"]))
    applied = _("Ce qui s’applique : {law}.").format(law=" ; ".join(laws)) if laws else ""
    leads = list(dict.fromkeys(one["sentence"] for one in reasons))
    yield _section(_("Pourquoi"), leads=leads, paragraphs=[*_paragraphs(facts), applied])


def _can_do(decided: Decision) -> Section:
    said, sheet = decided.letter["mentions"], decided.letter["sheet"]
    phone = said.get(Mention.SERVICE_PHONE, "")
    asking = _("Par message sous votre demande, ou au {phone}.").format(phone=phone) if phone else ""
    ask = {"head": _("Nous demander."), "text": asking or _("Par message sous votre demande.")}
    if Mention.REMEDIES not in said:
        more = [said[Mention.MEDIATOR]] if Mention.MEDIATOR in said else []
        return _section(_("Une question ?"), paragraphs=[ask["text"], *more])
    correct = {
        "head": _("Corriger et renvoyer."),
        "text": _("Rouvrez votre demande dans « {portal} » : vos réponses sont gardées.").format(
            portal=sheet["portal"]
        ),
    }
    where = _("Écrivez-nous dans « {portal} », ou par courrier : {address}.").format(
        portal=sheet["portal"], address=said.get(Mention.SERVICE_ADDRESS, "")
    )
    contest = {"head": _contest(decided), "text": f"{said[Mention.REMEDIES]} {where}"}
    may_be_sent_again = decided.outcome == Outcome.REFUSED and decided.filing.contests_id is None
    steps = [correct, contest, ask] if may_be_sent_again else [contest, ask]
    return _section(_("Ce que vous pouvez faire"), steps=steps)


def _contest(decided: Decision) -> str:
    """The delay, said in the letter's own list."""
    if decided.contest_until is None:
        return _("Contester.")
    return _("Contester, jusqu’au {day} inclus.").format(day=words.full_day(decided.contest_until))


def _who(said: Mapping[str, str]) -> str:
    where = [said.get(code, "") for code in (Mention.SERVICE, Mention.SERVICE_ADDRESS, Mention.SERVICE_PHONE)]
    return ". ".join(part.rstrip(".") for part in where if part) + "."


def _letter(title: str, heading: str, frozen: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """What both have: who writes to whom. The organisation's face is today's; its words are those of that day."""
    organisation, sheet, said = current(), frozen["sheet"], frozen["mentions"]
    on = timezone.localdate(at)
    side = [
        {"label": _("Dossier"), "text": sheet["file_number"], "is_code": True},
        {"label": _("Demande"), "text": said[Mention.REFERENCE], "is_code": True},
        {"label": _("Envoyée le"), "text": said[Mention.RECEIVED_ON], "is_code": False},
    ]
    return {
        "title": title,
        "author": sheet["from"],
        "language": translation.get_language(),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "colours": colours(organisation),
        "logo": logo(organisation),
        "sheet": {**sheet, "side": [row for row in side if row["text"]]},
        "dated": _("Le {day}").format(day=words.full_day(on)),
        "heading": heading,
        "greeting": sheet["greeting"],
        "check": coding.printed(frozen),
        "footer": _("{title}, {who}. Gardez ce document : il sert de preuve.").format(title=title, who=sheet["from"]),
    }


def _section(
    title: str,
    *,
    leads: Iterable[str] = (),
    paragraphs: Iterable[str] = (),
    items: Iterable[str] = (),
    steps: Iterable[Mapping[str, str]] = (),
) -> Section:
    kept = [text.strip() for text in paragraphs if text.strip()]
    return {"title": title, "leads": list(leads), "paragraphs": kept, "list": list(items), "steps": list(steps)}


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
