"""A home's address: the country, the lines, the postcode, then the commune among those that it covers."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xpassfam.people.countries import country_name, names
from xpassfam.rules.communes import Commune, communes_of, normalise_postcode
from xpassfam.rules.identifiers import fold
from xpassfam.rules.postal import LINE_LENGTH, MOST_LINES, tidy_lines
from xpassfam.ui.forms import Form

FRANCE = "FR"
LONGEST_LINE = 100


class AddressForm(Form):
    """Works in one go, or in two without JavaScript: a page sent back with the communes of the postcode typed.

    `commune` is INSEE's code, asked where France's postcode is known; `town` is typed everywhere else.
    """

    country = forms.ChoiceField(
        label=_("Pays"), widget=forms.Select(attrs={"autocomplete": "country", "data-country": ""})
    )
    address = forms.CharField(
        label=_("Numéro et rue"),
        required=False,
        max_length=LONGEST_LINE * MOST_LINES,
        help_text=_("Puis, sur d’autres lignes : bâtiment, appartement, lieu-dit."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Code postal"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "w-6", "data-postcode": ""}),
    )
    commune = forms.CharField(
        label=_("Commune"),
        required=False,
        widget=forms.Select(attrs={"autocomplete": "address-level2", "data-commune": ""}),
    )
    town = forms.CharField(
        label=_("Ville"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "data-town": ""}),
    )

    def __init__(self, data: Any = None, *, known: Mapping[str, str], prefix: str | None = None) -> None:
        super().__init__(data, initial=dict(known), prefix=prefix)
        countries: Any = self.fields["country"]
        others = {**names(), known["country"]: country_name(known["country"])}
        countries.choices = [(FRANCE, others.pop(FRANCE)), *sorted(others.items(), key=lambda pair: fold(pair[1]))]
        self.communes = self._communes(known)
        commune: Any = self.fields["commune"].widget
        commune.choices = [("", _("Choisissez la commune")), *((place.code, place.name) for place in self.communes)]
        if not self.is_bound:
            self.initial["commune"] = self._same_town(known["town"]) or self._only_one()
            if self.asks_commune:
                # Hidden, it would follow to another country, or to a postcode that the list does not know.
                self.initial["town"] = ""

    @classmethod
    def half_way(cls, typed: Mapping[str, str]) -> Self:
        """The page between two steps: nothing is refused yet, what was typed is kept, the communes are there."""
        names = ("country", "address", "postcode", "town")
        return cls(known={name: typed.get(name, "") for name in names} | {"country": typed.get("country") or FRANCE})

    @property
    def asks_commune(self) -> bool:
        return bool(self.communes)

    def clean_address(self) -> str:
        lines = tidy_lines(self.cleaned_data["address"])
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("L’adresse tient sur %(most)s lignes au plus, sans le code postal ni la commune.")
                % {"most": MOST_LINES}
            )
        return "\n".join(lines)

    def clean_postcode(self) -> str:
        postcode = normalise_postcode(self.cleaned_data["postcode"])
        is_french = self._typed("country") == FRANCE
        if is_french and not (postcode.isdigit() and len(postcode) == 5):
            raise ValidationError(_("En France, le code postal a 5 chiffres. Par exemple : 44200."))
        return postcode

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "postcode" not in data or "country" not in data:
            return data
        if self.asks_commune:
            chosen = next((place for place in self.communes if place.code == data.get("commune")), None)
            if chosen is None:
                self.add_error("commune", _("Choisissez votre commune dans la liste."))
            else:
                data["town"] = chosen.name
        elif not data.get("town"):
            # A new postcode, or a CEDEX: the list does not know it, its owner does.
            self.add_error("town", _("Écrivez le nom de la ville."))
        return data

    def texts(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in ("address", "postcode", "town", "country")}

    def _typed(self, name: str, usual: str = "") -> str:
        return str(self.data.get(self.add_prefix(name), usual))

    def _communes(self, known: Mapping[str, str]) -> list[Commune]:
        typed = self._typed if self.is_bound else known.get
        if typed("country", FRANCE) != FRANCE:
            return []
        return communes_of(normalise_postcode(typed("postcode", "")))

    def _same_town(self, town: str) -> str:
        """Known by its name among those of its postcode, where namesakes are rare: only to fill in, never to decide."""
        return next((place.code for place in self.communes if fold(place.name) == fold(town)), "")

    def _only_one(self) -> str:
        return self.communes[0].code if len(self.communes) == 1 else ""


def warning_of_long_lines(lines: list[str]) -> str:
    """Said once saved: a warning is no refusal."""
    text = ngettext(
        "La ligne « {line} » est longue. Au-delà de {most} caractères, La Poste peut la couper.",
        "Des lignes sont longues, dont « {line} ». Au-delà de {most} caractères, La Poste peut les couper.",
        len(lines),
    )
    return text.format(line=lines[0], most=LINE_LENGTH)
