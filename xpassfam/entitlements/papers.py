"""The explanation of an automated calculation, on paper: the answer, everything it looked at, the rule, who decides.

Source: code des relations entre le public et l’administration, art. L311-3-1, R311-3-1-2; RGPD, art. 15.1.h.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from xpassfam.accounts.letters import colours, logo
from xpassfam.entitlements.asking import Answer, Asked
from xpassfam.entitlements.language import Vocabulary
from xpassfam.entitlements.wording.answers import facts_of, given_in_words, sentence_of
from xpassfam.entitlements.wording.changes import answer_in_words
from xpassfam.entitlements.wording.facts import worth_reading
from xpassfam.entitlements.wording.rules import rule_in_words
from xpassfam.organisation.models import Organisation
from xpassfam.pdf.typesetting import typeset
from xpassfam.rules.criteria import Named, Truth
from xpassfam.ui import words

MODEL = "entitlements/paper/calculation.typ"


def calculation(answer: Answer, asked: Asked, organisation: Organisation, *, hides_income: bool) -> bytes:
    """As PDF, in French as all papers."""
    with translation.override("fr"):
        return typeset(MODEL, contents(answer, asked, organisation, hides_income=hides_income))


def contents(answer: Answer, asked: Asked, organisation: Organisation, *, hides_income: bool) -> dict[str, Any]:
    day, right = asked.day, answer.right
    facts = worth_reading(facts_of(answer, asked, hides_income=hides_income))
    whom = answer.person.name if answer.person else _("tout le foyer")
    phone = organisation.support_phone.replace(" ", words.NBSP)
    return {
        "title": _("Explication d’un calcul automatique"),
        "author": organisation.name,
        "contact": " · ".join(filter(None, [phone, organisation.support_hours])),
        "language": "fr",
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "colours": colours(organisation),
        "logo": logo(organisation),
        "about": _("{right}, pour {whom}, au {day}").format(right=right.title, whom=whom, day=words.full_day(day)),
        "answer": {
            "label": _("La réponse"),
            "value": _answer(answer),
            "text": sentence_of(answer, asked, hides_income=hides_income),
        },
        "facts": {
            "title": _("Ce que le calcul a regardé"),
            "head": [_("Condition"), _("Ce que nous savons"), _("Remplie")],
            "rows": [[_with_mark(one.rule, one.decides), one.value or "—", _met(one.met)] for one in facts],
        },
        "sections": [
            {"title": _("La règle"), "lines": _rule(answer, asked)},
            {"title": _("Qui décide"), "lines": _who_decides()},
        ],
        "footer": _("Explication établie pour le {day} par {who}.").format(
            day=words.full_day(day), who=organisation.name
        ),
    }


def _answer(answer: Answer) -> str:
    said = answer_in_words(answer.verdict).capitalize()
    amount = given_in_words(answer.given)
    return f"{said}, {amount}" if amount else said


def _with_mark(rule: str, decides: bool) -> str:
    return _("{rule} (décide de la réponse)").format(rule=rule) if decides else rule


def _met(met: Truth) -> str:
    return {Truth.YES: _("oui"), Truth.NO: _("non"), Truth.UNKNOWN: _("on ne sait pas")}[met]


def _rule(answer: Answer, asked: Asked) -> list[str]:
    right = answer.right
    version = _("Version {n} de la règle {code}, appliquée depuis le {day}. {law}.")
    lines = [
        rule_in_words(right.criterion, asked.vocabulary) + ".",
        *_notions(answer, asked.vocabulary),
        version.format(
            n=answer.rule.number, code=right.code, day=words.full_day(right.since_day), law=right.law.rstrip(".")
        ),
    ]
    span = [
        (answer.since, _("Cette réponse vaut depuis le {day}.")),
        (answer.until, _("Elle vaut jusqu’au {day}.")),
    ]
    return lines + [text.format(day=words.full_day(day)) for day, text in span if day]


def _notions(answer: Answer, vocabulary: Vocabulary) -> list[str]:
    """What the rule calls by a name: « Enfant à charge : 19 ans au plus, ou bien… »."""
    called = {leaf.criterion.name for leaf in answer.leaves if isinstance(leaf.criterion, Named)}
    return [
        _("{notion} : {rule}.").format(notion=one.label, rule=rule_in_words(one.criterion, vocabulary))
        for one in vocabulary.notions
        if one.name in called
    ]


def _who_decides() -> list[str]:
    return [
        _(
            "Cette réponse est préparée par un calcul automatique : chaque condition est comparée à ce que nous savons "
            "de votre foyer. Aucune condition ne pèse plus qu’une autre, et le calcul n’apprend rien de vos données."
        ),
        _(
            "Si vous faites une demande, une personne confirme toujours un « non ». Une information est fausse ? "
            "Corrigez-la dans votre compte, ou appelez-nous : la réponse sera recalculée."
        ),
    ]
