"""A certificate in words: its facts for its page, the whole sheet for its paper, in French whatever the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from xpassfam.certificates.kinds import Kind
from xpassfam.certificates.models import Certificate, Paper, Signature
from xpassfam.entitlements.judging import Given
from xpassfam.entitlements.wording.answers import given_in_words
from xpassfam.organisation.models import Organisation
from xpassfam.pdf import codes
from xpassfam.pdf.sealing import is_possible
from xpassfam.people.models import Income, Residence
from xpassfam.rules.certificates import written_code
from xpassfam.rules.visibility import CHILD
from xpassfam.ui import shapes, words

Facts = Mapping[str, Any]
Section = dict[str, Any]
UNBROKEN = "\u2011"  # a hyphen at which no line ends


@dataclass(frozen=True)
class Issuer:
    """Who certifies, as it is that day; `page`: where its papers are verified."""

    name: str
    contact: str
    signatory: str
    function: str
    place: str
    page: str


def issuer(organisation: Organisation, signature: Signature) -> Issuer:
    phone = organisation.support_phone.replace(" ", words.NBSP)
    return Issuer(
        name=organisation.name,
        contact=" · ".join(filter(None, [phone, organisation.support_hours])),
        signatory=signature.name,
        function=signature.function,
        place=signature.place,
        page=settings.BASE_URL + reverse("certificates:verify"),
    )


def compose(
    kind: Kind, facts: Facts, around: Mapping[str, str], *, number: str, paper: Paper, by: Issuer
) -> dict[str, Any]:
    """All that the papers say, to be frozen. `around`: as `wordings.filled` has it."""
    with translation.override("fr"):
        on, code = paper.issued_on, written_code(paper.code)
        issued, until = words.full_day(on), words.full_day(paper.valid_until) if paper.valid_until else ""
        address = by.page.partition("://")[2].rstrip("/")
        return {
            **around,
            "author": by.name,
            "language": "fr",
            "date": {"year": on.year, "month": on.month, "day": on.day},
            "from": by.name,
            "contact": by.contact,
            "established": _established(issued, until),
            "until": _("jusqu’au {day}").format(day=until) if until else "",
            "number": {"label": _("Carte n°") if kind.is_card else _("n°"), "text": number},
            "home": facts["home"],
            "persons": first_names(facts),
            "sections": sections(facts, on=on),
            "about": {"title": _("À savoir")},
            "signed": _signed(by, issued),
            "check": _check(code, address=address, link=by.page + code),
            "footer": _footer(issued, by.name, address, code),
        }


def printed(certificate: Certificate) -> dict[str, Any]:
    """What was frozen, with its look and its square code."""
    face, check = certificate.face, certificate.sheet["check"]
    return {
        **certificate.sheet,
        "check": {**check, "qr": codes.qr(check["link"])},
        "colours": face.colours,
        "logo": _picture(face.logo, face.logo_width),
        "signature": _picture(face.signature, face.signature_width),
    }


def first_names(facts: Facts) -> list[dict[str, Any]]:
    """Each person of a card, with their shape."""
    return [_marked(one) | {"name": one["first_name"]} for one in facts.get("persons", [])]


def sections(facts: Facts, *, on: date) -> list[Section]:
    """The facts in their order: who, what, how much."""
    if "rows" in facts:
        return [_paid(facts)]
    if "source" in facts:
        return [_income(facts)]
    made = [_rights(facts, on=on)] if "rights" in facts else []
    made += [_section(_("Les personnes"), persons=[_person(one, on=on) for one in facts.get("persons", [])])]
    if facts.get("address"):
        made.append(_section(_("L’adresse"), lines=[", ".join(facts["address"])]))
    return made


def _section(
    title: str,
    *,
    persons: Sequence[Any] = (),
    keys: Sequence[Any] = (),
    table: Mapping[str, Any] | None = None,
    lines: Sequence[str] = (),
) -> Section:
    return {"title": title, "persons": list(persons), "keys": list(keys), "table": table, "lines": list(lines)}


def _person(one: Facts, *, on: date) -> dict[str, Any]:
    role = str(Residence.Role(one["role"]).label)
    born = date.fromisoformat(one["born"]) if one["born"] else None
    shared = _("{role}, résidence alternée").format(role=role) if one["is_shared"] and one["role"] == CHILD else role
    birth = [_("Naissance le {day}").format(day=words.full_day(born))] if born else []
    return _marked(one) | {"name": one["name"], "lines": [*birth, shared]}


def _marked(one: Facts) -> dict[str, Any]:
    return {
        "form": shapes.form(one["mark"]),
        "colour": shapes.colour(one["mark"]),
        "mark": one["mark"],
        "initial": one["first_name"][0].upper(),
    }


def _income(facts: Facts) -> Section:
    month = words.month(date.fromisoformat(facts["month"]))
    source = str(Income.Source(facts["source"]).label)
    keys = []
    if "quotient_cents" in facts:
        note = _("par mois et par part, {month}").format(month=month)
        keys.append({"label": _("Quotient familial"), "value": words.euros(facts["quotient_cents"]), "note": note})
    if "bracket" in facts:
        note = _("sur {count}, de la plus basse à la plus haute").format(count=facts["of"])
        keys.append({"label": _("Tranche"), "value": f"T{facts['bracket']}", "note": note})
    proof = _("D’après : {source}, {month}.").format(source=source, month=month)
    return _section(_("Les ressources"), keys=keys, lines=[proof])


def _rights(facts: Facts, *, on: date) -> Section:
    """The same for several is one row."""
    whom: dict[tuple[str, str], list[str]] = {}
    for one in facts["rights"]:
        until = facts["until"].get(f"{one['code']} {one['person']}")
        title, day = one["title"], words.full_day(date.fromisoformat(until)) if until else ""
        named = _("{right}, jusqu’au {day}").format(right=title, day=day) if until else title
        given = given_in_words(Given(**one["given"])) or _("oui")
        whom.setdefault((named, given), []).append(one["whom"] or _("Tout le foyer"))
    rows = [[named, ", ".join(names), given] for (named, given), names in whom.items()]
    title = _("Les droits ouverts le {day}").format(day=words.full_day(on))
    return _section(title, table={"head": [_("Droit"), _("Pour"), _("Montant")], "rows": rows, "total": []})


def _paid(facts: Facts) -> Section:
    title = _("Les aides versées en {year}").format(year=facts["year"])
    if not facts["rows"]:
        return _section(title, lines=[_("Aucune aide n’a été versée en {year}.").format(year=facts["year"])])
    rows = [
        [row["label"], words.full_day(date.fromisoformat(row["on"])), words.euros(row["cents"])]
        for row in facts["rows"]
    ]
    total = [_("Total"), "", words.euros(facts["cents"])]
    return _section(title, table={"head": [_("Aide"), _("Versée le"), _("Montant")], "rows": rows, "total": total})


def _established(issued: str, until: str) -> str:
    if until:
        return _("Établie le {day}, valable jusqu’au {until}").format(day=issued, until=until)
    return _("Établie le {day}, valable sans date de fin").format(day=issued)


def _signed(by: Issuer, issued: str) -> dict[str, str]:
    dated = _("À {place}, le {day}").format(place=by.place, day=issued) if by.place else ""
    return {
        "name": by.signatory,
        "function": by.function,
        "dated": dated or _("Le {day}").format(day=issued),
    }


def _check(code: str, *, address: str, link: str) -> dict[str, str]:
    return {
        "title": _("Vérifier ce document"),
        "how": _("Scannez le code carré, ou ouvrez l’adresse et recopiez le code :"),
        "short": _("Vérifier la carte :"),
        "address": address,
        "code": code,
        "until": _("La page dit si ce document est valable, remplacé ou retiré. Rien d’autre."),
        "link": link,
        "alt": _("Code QR qui ouvre la page de vérification avec le code {code}").format(code=code),
    }


def _footer(issued: str, who: str, address: str, code: str) -> str:
    text = _("Document produit le {day} par {who}. Vérifiez-le sur {address} avec le code {code}.")
    said = text.format(day=issued, who=who, address=address, code=code.replace("-", UNBROKEN))
    return f"{said} {_('Toute modification se voit.')}" if is_possible() else said


def _picture(png: bytes | memoryview | None, width: float) -> dict[str, Any] | None:
    return {"png": list(bytes(png)), "width": width} if png else None
