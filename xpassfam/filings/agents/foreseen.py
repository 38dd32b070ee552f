"""What a yes would do, before anybody says it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xpassfam.filings import agreements, asking, granting, other_home
from xpassfam.filings.account_wanted import Change, change_of
from xpassfam.filings.correcting import is_accepted
from xpassfam.filings.granting import Grant
from xpassfam.filings.models import Filing
from xpassfam.filings.other_home import OtherHome
from xpassfam.filings.second_look import EFFECT
from xpassfam.people.models import Household
from xpassfam.procedures.language import CONTEST

SENTENCES: Mapping[str, str | Promise] = {
    "move": _("Le foyer change d’adresse : {address}. À partir du {since}."),
    "add_child": _("{first_names} {last_name} entre dans le foyer, comme enfant."),
    "add_partner": _("{first_names} {last_name} entre dans le foyer ; une invitation part à {email}."),
    "declare_separation": _("Le partage du dossier est suspendu."),
    "update_income": _("Le quotient familial devient {quotient}, d’après le document du {month}."),
    "compute_income": _("Le quotient familial est calculé : {resources} par an, et les parts du foyer."),
    "share_residence": _("Résidence alternée : {child} vit aussi dans un autre foyer."),
    "change_bank_details": _("Les aides sont versées sur un autre compte, 72 heures après la décision."),
    "pay": _("À payer au foyer : {amount}."),
    "use_right": _("Le droit est utilisé pour sa période."),
    "record_activity": _("La situation de {person} est enregistrée pour l’année qui commence en septembre {year}."),
    "contest": _("La décision contestée est retirée, et sa demande est examinée à nouveau."),
}
# Of an account that the home gave already.
OF_ACCOUNT: Mapping[Change, str | Promise] = {
    Change.NONE: _("Rien ne change : c’est déjà le compte du foyer ({iban})."),
    Change.HOLDER: _(
        "Le compte du foyer reste le même ({iban}). Le nom du titulaire devient « {holder} », 72 heures après la "
        "décision."
    ),
    Change.ACCOUNT: SENTENCES["change_bank_details"],
}
# Of a complaint that names no decision which can still be contested.
CONTESTS_NONE = _("La réclamation est acceptée. Elle ne mène à aucune décision : aucune n’est retirée.")


def foreseen(filing: Filing, *, on: date, grants: Sequence[Grant] = ()) -> list[str]:
    """A sentence an effect, with the answers as they were read when it was sent; and whose home is shown a child.

    `grants`: of an aid, what is granted, once it is written.
    """
    given = " ; ".join(granting.in_words(grants)) or gettext("le montant que vous écrivez")
    texts = {row["key"]: row["text"].replace("\n", ", ") for section in filing.summary for row in section["rows"]}
    wanted = {name for name, _answers in asking.effects_of(filing)}
    sentences = [
        str(_sentence(effect.name, filing)).format_map(
            defaultdict(
                lambda: "…", {"amount": given, **{name: texts.get(key, "…") for name, key in effect.answers.items()}}
            )
        )
        for effect in filing.definition.effects
        if effect.name in wanted
    ]
    others = other_home.found(filing, on=on) if other_home.EFFECT in wanted else []
    told = [*map(_of_other_home, others), *_of_sharing(filing, others, on=on)]
    return [*_of_corrected(filing), *sentences, *told]


def _of_corrected(filing: Filing) -> list[str]:
    """What becomes of an accepted one that it corrects."""
    if filing.corrects is None or not is_accepted(filing.corrects):
        return []
    text = gettext(
        "La demande {reference} est remplacée : ce qu’elle a enregistré est refait d’après ces réponses, ce qu’elle "
        "attendait ne se fera pas. Si vous validez sous réserve, ce qui est fait reste jusqu’à ce que la réserve soit "
        "levée."
    )
    return [text.format(reference=filing.corrects.reference)]


def _sentence(effect: str, filing: Filing) -> str | Promise:
    if effect == EFFECT:
        return OF_ACCOUNT[change_of(filing)]
    return CONTESTS_NONE if effect == CONTEST and filing.contests_id is None else SENTENCES[effect]


def to_verify(filing: Filing, *, on: date) -> list[tuple[str, str]]:
    """What an agent says they have verified before a yes: the home that will learn of a child, and the words."""
    text = gettext("J’ai vérifié : {parent} est l’autre parent, et {child} vit aussi dans ce foyer : {home}.")
    return [
        (
            one.homes[0].public_id,
            text.format(parent=one.parent, child=one.child.first_name, home=_named(one.homes[0])),
        )
        for one in other_home.found(filing, on=on)
        if one.is_new
    ]


def _of_other_home(other: OtherHome) -> str:
    homes = " ; ".join(map(_named, other.homes))
    if other.is_known:
        text = gettext("{child} vit déjà dans l’autre foyer : {homes}.")
    elif other.is_new:
        text = gettext(
            "{parent} porte le numéro {number}, dans un autre foyer : {homes}. {child} y apparaîtra, et "
            "les adultes de ce foyer reçoivent un e-mail."
        )
    elif other.homes:
        text = gettext("Le numéro {number} mène à plusieurs foyers : {homes}. Valider ne sera pas possible.")
    elif other.number:
        text = gettext("Le numéro {number} ne mène à aucun autre foyer. Valider ne sera pas possible.")
    else:
        text = gettext("Le numéro de l’autre parent n’est pas donné : rien ne change dans un autre foyer.")
    return text.format(child=other.child.first_name, number=other.number, parent=other.parent, homes=homes)


def _of_sharing(filing: Filing, others: list[OtherHome], *, on: date) -> list[str]:
    """Where the other parent was to be asked online: whose choice counts."""
    if not others or not agreements.is_wanted(filing):
        return []
    if agreements.stands(filing, others[0].homes, on=on):
        return [gettext("Les aides se partagent comme la demande le dit : les deux parents le veulent.")]
    return [gettext("Les aides se partagent par moitié : l’accord de l’autre parent n’est pas là.")]


def _named(home: Household) -> str:
    return ", ".join(filter(None, [home.name, home.town]))
