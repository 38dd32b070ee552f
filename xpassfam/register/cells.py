"""How the cells of a register are read: what people write, brought to one form."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from xpassfam.people.countries import country_code
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.identifiers import absorb, fold, normalise_email, normalise_member_number
from xpassfam.rules.phones import normalise_phone

ROLES = {
    "titulaire": Residence.Role.HOLDER,
    "adherent": Residence.Role.HOLDER,
    "adherente": Residence.Role.HOLDER,
    "conjoint": Residence.Role.PARTNER,
    "conjointe": Residence.Role.PARTNER,
    "partenaire": Residence.Role.PARTNER,
    "concubin": Residence.Role.PARTNER,
    "concubine": Residence.Role.PARTNER,
    "enfant": Residence.Role.DEPENDENT_CHILD,
    "enfant a charge": Residence.Role.DEPENDENT_CHILD,
    "autre adulte": Residence.Role.OTHER_ADULT,
    "autre": Residence.Role.OTHER_ADULT,
}
REPRESENTATIVE = {"representant", "representante", "tuteur", "tutrice", "curateur", "curatrice", "mandataire"}
PERMISSIONS = {
    "tout": Access.Permission.ALL.value,
    "tout voir et tout faire": Access.Permission.ALL.value,
    "voir": Access.Permission.VIEW.value,
    "aucun": "none",
}
_YES_NO = {
    "oui": True,
    "o": True,
    "1": True,
    "vrai": True,
    "x": True,
    "non": False,
    "n": False,
    "0": False,
    "faux": False,
}
# Spreadsheets add midnight to a day.
_TIME = r"(?:[ T]0?0[:h]00(?::00)?(?:\.0+)?)?"
_FRENCH_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})" + _TIME)
_DAY_NUMBER = re.compile(r"[1-6]\d{4}")  # from 18/05/1927 on
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})" + _TIME)
_MEMBER_NUMBER = re.compile(r"[A-Z]{3}-[0-9]{4}-[0-9]{6}-[A-Z]")
_EMAIL = re.compile(
    r"(?=.{,254}\Z)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
USUAL_LENGTH = 120
_LENGTHS = {
    "file_number": Household._meta.get_field("file_number").max_length,
    "postcode": Household._meta.get_field("postcode").max_length,
    "town": Household._meta.get_field("town").max_length,
    "key": Person._meta.get_field("register_key").max_length,
    "email": Person._meta.get_field("email").max_length,
    "address": 400,
}
# What the long way would take as it is, where that is common; anything else goes the long way.
_USUAL: Final = {
    "file_number": re.compile(rf"[0-9A-Z-]{{1,{_LENGTHS['file_number']}}}"),
    "key": re.compile(rf"[0-9A-Z-]{{1,{_LENGTHS['key']}}}"),
    "member_number": _MEMBER_NUMBER,
    "email": _EMAIL,
    "address": re.compile(r"(?=.{1,400}\Z)[!-~]+(?: +[!-~]+)*"),
    "activation_code": re.compile(r"[0-9A-Z-]{1,120}"),
}


# NUL and its like, which no database takes, and the mark of what another program could not read.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_SELDOM_TWICE: Final = {"key", "member_number", "email", "phone", "address", "activation_code"}
_EMPTIED: Final = {"address", "postcode", "town", "birth_name", "member_number", "email", "phone"}
MOST_REMEMBERED: Final = 50_000


class BadCell(Exception):
    """A cell that can't be taken; the message says why, and shows a good one."""


def parse(column: str, cell: str) -> Any:
    """What a cell means; None for an empty one. Raise BadCell where it means nothing."""
    text = " ".join(cell.split()) if column not in ("address", "address_more") else cell.strip()
    if not text:
        return None
    most = _LENGTHS.get(column) or USUAL_LENGTH
    if len(text) > most:
        raise BadCell(_("c’est trop long : {most} caractères au plus.").format(most=most))
    if not (text.isascii() and text.isprintable()) and _UNREADABLE.search(text):
        raise BadCell(_("« {cell} » contient un caractère illisible.").format(cell=_UNREADABLE.sub("\ufffd", text)))
    return _PARSERS.get(column, str)(text)


class Reader(dict[str, Any]):
    """`parse` for the cells of a column, in step: what stands there again and again is judged once.

    An empty cell of a column that may be emptied is ''.
    """

    def __init__(self, column: str) -> None:
        super().__init__()
        self._column, self._usual = column, _USUAL.get(column)
        self._empty = "" if column in _EMPTIED else None

    def __missing__(self, cell: str) -> Any:
        if self._usual and self._usual.fullmatch(cell):
            return cell
        value = parse(self._column, cell)
        if value is None:
            value = self._empty
        if self._column not in _SELDOM_TWICE:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[cell] = value
        return value


def _number(text: str) -> str:
    return absorb(text).upper()


def _file_number(text: str) -> str:
    return _number(text).translate(_DASHES)


def _name(text: str) -> str:
    if not any(c.isalpha() for c in text):
        raise BadCell(_("« {cell} » n’a aucune lettre.").format(cell=text))
    return text


def _date(text: str) -> date:
    if _DAY_NUMBER.fullmatch(text):  # a spreadsheet's days, whose cell forgot that it was a date
        return date(1899, 12, 30) + timedelta(days=int(text))
    if match := _FRENCH_DATE.fullmatch(text):
        day, month, year = match.groups()
    elif match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    else:
        raise BadCell(_("« {cell} » n’est pas une date comme 12/04/1988.").format(cell=text))
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadCell(_("le {cell} n’existe pas dans le calendrier.").format(cell=text)) from error
    if found.year < 1900:
        raise BadCell(_("{cell} : l’année est avant 1900.").format(cell=text))
    return found


def _member_number(text: str) -> str:
    if _MEMBER_NUMBER.fullmatch(text):
        return text
    number = normalise_member_number(text)
    if number is None:
        raise BadCell(_("« {cell} » n’est pas un numéro comme ESF-2019-004812-K.").format(cell=text))
    return number


def _email(text: str) -> str:
    if _EMAIL.fullmatch(usual := text.lower()):
        return usual
    email = normalise_email(text)
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadCell(_("« {cell} » n’est pas une adresse comme prenom.nom@example.org.").format(cell=text)) from error
    return email


def _phone(text: str) -> str:
    number = normalise_phone(text)
    if number is None and len(text) == 9 and text.isdigit():  # spreadsheets eat the first 0
        number = normalise_phone("0" + text)
    if number is None:
        raise BadCell(_("« {cell} » n’est pas un numéro comme 06 39 98 12 34.").format(cell=text))
    return number


def _country(text: str) -> str:
    code = country_code(text)
    if code is None:
        raise BadCell(_("« {cell} » n’est pas un pays connu : écrivez FR, BE, CH…").format(cell=text))
    return code


def _one_of(choices: dict[str, Any], *usual: str) -> Callable[[str], Any]:
    """`usual` are the words to write, as people write them: the choices hold many more, without accents."""

    def choose(text: str) -> Any:
        try:
            return choices[fold(text)]
        except KeyError:
            words = ", ".join(usual)
            raise BadCell(_("« {cell} » n’est pas un mot connu ({words}).").format(cell=text, words=words)) from None

    return choose


_PARSERS: dict[str, Callable[[str], Any]] = {
    "file_number": _file_number,
    "key": _number,
    "last_name": _name,
    "birth_name": _name,
    "first_names": _name,
    "birth_date": _date,
    "closed_on": _date,
    "since": _date,
    "until": _date,
    "member_number": _member_number,
    "email": _email,
    "phone": _phone,
    "country": _country,
    "role": _one_of(
        ROLES | dict.fromkeys(REPRESENTATIVE, ""), "titulaire", "conjoint", "enfant", "autre adulte", "tuteur"
    ),
    "is_shared": _one_of(_YES_NO, "oui", "non"),
    "permission": _one_of(PERMISSIONS, "tout", "voir", "aucun"),
}
