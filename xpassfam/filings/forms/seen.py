"""A page that knows what it showed: what happened since is read before anything is decided."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from xpassfam.filings.claims import Claim
from xpassfam.filings.models import Filing
from xpassfam.ui.forms import Form

AMOUNT = "amount-"


class SeenForm(Form):
    """`seen` is the version of the filing on the page, `seen_at` when it was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filing = filing
        self.claims: Mapping[str, Claim] = {}

    def offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """What this filing's definition, or the people of the day, let one choose."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def verified_field(self) -> Any:
        """What is to be ticked before a yes; None for most. See `VerifiedForm`."""
        return self["verified"] if "verified" in self.fields else None

    @property
    def told_claims(self) -> list[Claim]:
        """What the rules say of an aid, beside what is decided of it."""
        return list(self.claims.values())

    @property
    def amount_fields(self) -> list[Any]:
        """What an aid grants, to each of those it is for; none for most. See `GrantingForm`."""
        return [field for field in self if field.name.startswith(AMOUNT)]

    @property
    def hidden(self) -> list[Any]:
        """Everything, to carry it through a preview."""
        return [field.as_hidden() for field in self]

    @property
    def page_seen(self) -> list[Any]:
        return [self["seen"].as_widget(), self["seen_at"].as_widget()]
