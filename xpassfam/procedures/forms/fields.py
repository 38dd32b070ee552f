"""Fields that definitions ask for and no other page has: whole numbers, amounts, bank accounts, dates in bounds."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.forms.signing_up import EmailField
from xpassfam.rules.iban import Fault, fault_of, normalise_iban
from xpassfam.rules.identifiers import absorb, has_member_check, normalise_member_number
from xpassfam.ui import words
from xpassfam.ui.forms import DateField

_WHOLE = re.compile(r"[-+]?[0-9]{1,12}")
_AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
LONGEST_TYPED = 60
NO_WHY: Mapping[str, str] = {"least": "", "most": ""}


class _Typed(forms.CharField):
    """What is typed as text and kept as something else; nothing typed is None."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return self.read(typed) if typed else None

    def read(self, typed: str) -> Any:
        raise NotImplementedError

    def refuse(self, code: str, **words_of: Any) -> ValidationError:
        return ValidationError(str(self.error_messages[code]).format(**words_of), code=code)


class WholeNumberField(_Typed):
    default_error_messages = {
        "shape": _("Écrivez un nombre entier. Par exemple : 3."),
        "least": _("Écrivez un nombre d’au moins {bound}."),
        "most": _("Écrivez un nombre d’au plus {bound}."),
    }

    def __init__(
        self, *, least: int | None = None, most: int | None = None, why: Mapping[str, str] = NO_WHY, **kwargs: Any
    ) -> None:
        self.least, self.most, self.why = least, most, why
        attrs = {"inputmode": "numeric", "class": "w-6", "autocomplete": "off"}
        super().__init__(max_length=LONGEST_TYPED, widget=forms.TextInput(attrs=attrs), **kwargs)

    def read(self, typed: str) -> int:
        compact = absorb(typed)
        if not _WHOLE.fullmatch(compact):
            raise self.refuse("shape")
        return self._within(int(compact))

    def _within(self, number: int) -> int:
        if self.least is not None and number < self.least:
            raise self._beyond("least", self.least)
        if self.most is not None and number > self.most:
            raise self._beyond("most", self.most)
        return number

    def _beyond(self, code: str, bound: int) -> ValidationError:
        if self.why[code]:
            return ValidationError(self.why[code], code=code)
        return self.refuse(code, bound=self.said(bound))

    def said(self, bound: int) -> str:
        return str(bound)


class AmountField(WholeNumberField):
    """Euros as people write them, kept as cents; the bounds are cents too."""

    default_error_messages = {
        "shape": _("Écrivez un montant en euros. Par exemple : 984,50."),
        "least": _("Écrivez un montant d’au moins {bound}."),
        "most": _("Écrivez un montant d’au plus {bound}."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "class": "w-10"}

    def read(self, typed: str) -> int:
        found = _AMOUNT.fullmatch(absorb(typed).removesuffix("€"))
        if not found:
            raise self.refuse("shape")
        return self._within(int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")))

    def said(self, bound: int) -> str:
        return words.euros(bound)


def typed_amount(cents: int) -> str:
    """As a person types it: « 984,50 »."""
    units, rest = divmod(cents, 100)
    return f"{units},{rest:02}" if rest else str(units)


class IbanField(_Typed):
    default_error_messages = {
        Fault.SHAPE: _("Un IBAN commence par deux lettres. Par exemple : FR76 3000 6000 0112 3456 7890 189."),
        Fault.COUNTRY: _("Nous ne pouvons pas verser d’argent dans ce pays. Donnez un compte en France ou en Europe."),
        Fault.LENGTH: _("Cet IBAN n’a pas la bonne longueur. Recopiez-le en entier : 27 caractères en France."),
        Fault.CHECK: _("Un caractère de cet IBAN n’est pas le bon. Vérifiez-le sur votre RIB."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off", "class": "code"}
        super().__init__(max_length=LONGEST_TYPED, widget=forms.TextInput(attrs=attrs), **kwargs)

    def read(self, typed: str) -> str:
        iban = normalise_iban(typed)
        if fault := fault_of(iban):
            raise self.refuse(fault)
        return iban


class MemberNumberField(_Typed):
    """Somebody's. A slip is told from the number alone: whether anybody has it is never said."""

    default_error_messages = {
        "shape": _("Il manque quelque chose à ce numéro. Par exemple : ESF‑2019‑004812‑K"),
        "check": _("La dernière lettre ne va pas avec ces chiffres. Recopiez le numéro de ses courriers."),
    }

    def __init__(self, *, is_checked: bool = True, **kwargs: Any) -> None:
        self.is_checked = is_checked
        attrs = {"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off", "class": "code"}
        super().__init__(max_length=LONGEST_TYPED, widget=forms.TextInput(attrs=attrs), **kwargs)

    def read(self, typed: str) -> str:
        number = normalise_member_number(typed)
        if number is None:
            raise self.refuse("shape")
        if self.is_checked and not has_member_check(number):
            raise self.refuse("check")
        return number


class SomebodyElsesEmailField(EmailField):
    """Where another person is written to: what is sent to its writer asks nobody anything."""

    default_error_messages = {"mine": _("C’est votre adresse e-mail. Écrivez celle de cette personne, à elle seule.")}

    def __init__(self, *, mine: Collection[str], **kwargs: Any) -> None:
        self.mine = mine
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value in self.mine:
            raise ValidationError(self.error_messages["mine"], code="mine")


class BoundedDateField(DateField):
    default_error_messages = {
        "least": _("Donnez une date à partir du {bound}."),
        "most": _("Donnez une date jusqu’au {bound}."),
        "future": _("Cette date n’est pas encore arrivée. Vérifiez l’année."),
    }

    def __init__(
        self,
        *,
        today: date,
        least: date | None = None,
        most: date | None = None,
        why: Mapping[str, str] = NO_WHY,
        **kwargs: Any,
    ) -> None:
        self.today, self.least, self.most, self.why = today, least, most, why
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.least and value < self.least:
            raise self._bound("least", self.least)
        if value and self.most and value > self.most:
            raise self._bound("most", self.most)

    def _bound(self, code: str, bound: date) -> ValidationError:
        if self.why[code]:
            return ValidationError(self.why[code], code=code)
        if code == "most" and bound == self.today:
            return self._refusal("future")
        return ValidationError(str(self.error_messages[code]).format(bound=words.full_day(bound)), code=code)
