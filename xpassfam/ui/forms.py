"""Fields that forgive, and forms that come back with what was typed."""

import re
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.identifiers import fold

F = TypeVar("F", bound=forms.BaseForm)

MONTHS = (
    ("janvier", "janv", "jan", "january"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
SHORT_YEAR = re.compile(r"^(\d{1,2}(?:er)?[\s/.\-]+\w+\.?[\s/.\-]+)(\d\d)$")
# Names of fields that are never sent back. The code of a letter is: it is copied by hand, and opens nothing alone.
SECRETS = re.compile(
    r"password|csrfmiddlewaretoken|^code$|^(recovery|letter)_code$|^rescue_word$|(^|[_-])(token|secret)$",
    re.IGNORECASE,
)


def blank(form_class: type[F], request: HttpRequest, **kwargs: Any) -> F:
    """An empty form; after a form that stayed open too long, one that holds what had been typed."""
    typed = getattr(request, "stale_post", None)
    return form_class(**kwargs) if typed is None else holding(form_class, typed, **kwargs)


def holding(form_class: type[F], typed: QueryDict, **kwargs: Any) -> F:
    """A form with what had been typed, secrets left out: it is yet to be sent, and nothing in it is said wrong."""
    form = form_class(**kwargs)
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        if not SECRETS.search(name) and not field.widget.value_omitted_from_data(typed, {}, prefixed):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, prefixed)
    return form


class Form(forms.Form):
    """A form whose empty fields are named: « Il manque une réponse : Adresse e-mail. »"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = forms.Field.default_error_messages["required"]
        for field in self.fields.values():
            if field.label and field.error_messages.get("required") == usual:
                field.error_messages["required"] = format_lazy(_("Il manque une réponse : {label}"), label=field.label)

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """A line break is sent as two signs; the browser that holds a text to its length counted one."""
        value = widget.value_from_datadict(self.data, self.files, html_name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class PasswordField(forms.CharField):
    """A password as typed: nothing is stripped. `new`: the browser offers to make one and to keep it."""

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:
        token = "new-password" if new else "current-password"
        kwargs.setdefault("label", _("Mot de passe"))
        kwargs.setdefault("error_messages", {"required": _("Écrivez votre mot de passe.")})
        attrs = {"autocomplete": token, "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(strip=False, widget=forms.PasswordInput(attrs=attrs), **kwargs)


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, `most` of them."""

    def __init__(self, *, most: int, accept: str = "", **kwargs: Any) -> None:
        self.most = most
        attrs: dict[str, Any] = {"multiple": True} | ({"accept": accept} if accept else {})
        super().__init__(widget=SeveralFiles(attrs=attrs), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        found = [super(FilesField, self).clean(one, initial) for one in data or [None]]
        files = [file for file in found if file]
        if len(files) > self.most:
            raise ValidationError(_("Choisissez {most} fichiers au plus.").format(most=self.most))
        return files


class DateInputs(forms.MultiWidget):
    """Day, month and year. A birth date is typed, not looked for in a calendar."""

    template_name = "ui/forms/date_inputs.html"

    def __init__(self, *, autocomplete: str = "") -> None:
        def part(name: str, css: str, **attrs: str) -> forms.TextInput:
            token = f"{autocomplete}-{name}" if autocomplete else "off"
            return forms.TextInput(attrs={"class": f"input {css}".strip(), "autocomplete": token, **attrs})

        super().__init__(
            {
                "day": part("day", "", inputmode="numeric"),
                "month": part("month", "month"),
                "year": part("year", "year", inputmode="numeric"),
            }
        )

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateField(forms.Field):
    """A date in three parts: month as a number or a name, a whole date pasted into any part."""

    default_error_messages = {
        "required": _("Écrivez la date. Par exemple : 14 février 1990."),
        "missing_day": _("Il manque le jour. Par exemple : 14."),
        "missing_month": _("Il manque le mois. Par exemple : 2, ou février."),
        "missing_year": _("Il manque l’année. Par exemple : 1990."),
        "day": _("Le jour va de 1 à 31."),
        "month": _("Le mois va de 1 à 12. Son nom marche aussi : février."),
        "short_year": _("Écrivez l’année en entier, avec 4 chiffres. Par exemple : 1990."),
        "no_such_day": _("Ce jour n’est pas dans le calendrier. Vérifiez le jour et le mois."),
    }

    def __init__(self, *, autocomplete: str = "", **kwargs: Any) -> None:
        super().__init__(widget=DateInputs(autocomplete=autocomplete), **kwargs)

    def to_python(self, value: list[str] | date | None) -> date | None:
        if isinstance(value, date):
            return value
        if not value:
            return None
        parts = [(part or "").strip() for part in value]
        if not any(parts):
            return None
        day, month, year = _whole_date(parts) or parts
        self._refuse_gaps(day, month, year)
        try:
            return date(self._year(year), self._month(month), self._number(day, 31, "day"))
        except ValueError as error:
            raise self._refusal("no_such_day") from error

    def has_changed(self, initial: date | None, data: list[str] | None) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _refuse_gaps(self, day: str, month: str, year: str) -> None:
        gaps = [name for name, part in (("day", day), ("month", month), ("year", year)) if not part]
        if gaps:
            raise ValidationError([self._refusal(f"missing_{name}") for name in gaps])

    def _number(self, text: str, most: int, part: str) -> int:
        if not re.fullmatch(r"\d{1,2}", text) or not 1 <= int(text) <= most:
            raise self._refusal(part)
        return int(text)

    def _month(self, text: str) -> int:
        named = month_number(text)
        return named or self._number(text, 12, "month")

    def _year(self, text: str) -> int:
        if not re.fullmatch(r"[12]\d{3}", text):
            raise self._refusal("short_year")
        return int(text)

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class ComingDateField(DateField):
    """A day to come: no birth date is its example."""

    default_error_messages = {
        "required": _("Écrivez la date : le jour, le mois et l’année."),
        "missing_day": _("Il manque le jour."),
        "missing_month": _("Il manque le mois."),
        "missing_year": _("Il manque l’année."),
        "short_year": _("Écrivez l’année en entier, avec 4 chiffres."),
    }


class WrittenDateField(DateField):
    """A whole date in one field, as people write it: « 03/03/26 », « 3 mars 2026 »."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("jj/mm/aaaa")})

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python([_in_full(value), "", ""] if isinstance(value, str) else value)
        except ValidationError as error:
            raise ValidationError(_("Écrivez le jour, le mois et l’année. Par exemple : 3 mars 2026.")) from error


def month_number(text: str) -> int | None:
    """« Févr. » → 2; None for what is no month's name."""
    name = fold(text)
    return next((n for n, names in enumerate(MONTHS, 1) if name in names), None)


def _whole_date(parts: list[str]) -> list[str] | None:
    """A date pasted whole into one part: « 3 mars 1988 », « 03/03/1988 », « 1988-03-03 »."""
    filled = [part for part in parts if part]
    if len(filled) != 1:
        return None
    pieces = [piece for piece in re.split(r"[\s/.,\-]+", filled[0]) if piece]
    if len(pieces) != 3:
        return None
    pieces = [re.sub(r"(?<=\d)er$", "", piece) for piece in pieces]
    return pieces[::-1] if len(pieces[0]) == 4 else pieces


def _in_full(written: str) -> str:
    """« 03/03/26 » is 2026: what is asked of is of this century."""
    return SHORT_YEAR.sub(r"\g<1>20\g<2>", written.strip())
