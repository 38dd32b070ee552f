"""A page that knows what it showed: what happened since is read before anything is decided."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from xpassfam.filings.models import Filing
from xpassfam.ui.forms import Form


class SeenForm(Form):
    """`seen` is the version of the filing on the page, `seen_at` when it was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filing = filing

    def offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """What this filing's definition, or the people of the day, let one choose."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def verified_field(self) -> Any:
        """What is to be ticked before a yes; None for most. See `VerifiedForm`."""
        return self["verified"] if "verified" in self.fields else None

    @property
    def hidden(self) -> list[Any]:
        """Everything, to carry it through a preview."""
        return [field.as_hidden() for field in self]

    @property
    def page_seen(self) -> list[Any]:
        return [self["seen"].as_widget(), self["seen_at"].as_widget()]
