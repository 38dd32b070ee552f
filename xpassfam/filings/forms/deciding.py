"""What an agent says to decide: no verdict is chosen beforehand, and a refusal says why."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xpassfam.filings import foreseen
from xpassfam.filings.actions.deciding import FACTS_AT_LEAST, Verdict
from xpassfam.filings.forms.seen import SeenForm
from xpassfam.filings.models import Decision

Outcome = Decision.Outcome
VERIFY = _("Vérifiez à qui l’enfant sera montré, puis cochez. Dans le doute, demandez à la famille de compléter.")


class VerifiedForm(SeenForm):
    """A yes. Where it would show somebody to another home, the agent says that they verified which."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = foreseen.to_verify(self.filing, on=timezone.localdate())
        if choices:
            # The home is in the answer: another one, since the page was shown, is to be verified again.
            self.fields["verified"] = forms.MultipleChoiceField(
                label=_("L’autre foyer"),
                widget=forms.CheckboxSelectMultiple,
                choices=choices,
                error_messages={"required": VERIFY, "invalid_choice": VERIFY},
            )

    def clean_verified(self) -> list[str]:
        verified: list[str] = self.cleaned_data["verified"]
        if len(verified) < len(self.fields["verified"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(VERIFY)
        return verified


class ApproveForm(VerifiedForm):
    def verdict(self) -> Verdict:
        return Verdict(Outcome.APPROVED)


def facts_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Les faits"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ce que vous avez constaté, avec les dates et les montants. La famille le lit tel quel."),
        **kwargs,
    )


def reasons_field(**kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Le motif"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins un motif du règlement.")},
        **kwargs,
    )


class RefuseForm(SeenForm):
    reasons = reasons_field()
    facts = facts_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reasons", _reasons(self.filing))

    def clean_facts(self) -> str:
        return enough(self.cleaned_data["facts"])

    def verdict(self) -> Verdict:
        return Verdict(Outcome.REFUSED, reasons=self.cleaned_data["reasons"], facts=self.cleaned_data["facts"])


class LimitForm(VerifiedForm):
    """In part, or under reserve."""

    outcome = forms.ChoiceField(
        label=_("Vous validez"),
        widget=forms.RadioSelect,
        choices=[
            (Outcome.IN_PART, _("En partie : le reste est refusé, et la lettre dit pourquoi")),
            (Outcome.UNDER_RESERVE, _("Sous réserve : rien ne se fait avant que la réserve soit levée")),
        ],
    )
    limits = forms.CharField(
        label=_("Quelle part, ou quelle réserve"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : la garde de mars et d’avril ; ou : l’original du jugement."),
    )
    reserve = forms.MultipleChoiceField(
        label=_("Pièces attendues"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reasons = reasons_field(required=False, help_text=_("Pour la part refusée."))
    facts = facts_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reserve", [(one["key"], one["label"]) for one in self.filing.asked])
        self.offer("reasons", _reasons(self.filing))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("outcome") == Outcome.IN_PART:
            if not said.get("reasons"):
                self.add_error("reasons", _("Cochez le motif de la part refusée."))
            try:
                enough(said.get("facts", ""))
            except forms.ValidationError as error:
                self.add_error("facts", error)
        return said

    def verdict(self) -> Verdict:
        said = self.cleaned_data
        is_in_part = said["outcome"] == Outcome.IN_PART
        return Verdict(
            said["outcome"],
            reasons=said["reasons"] if is_in_part else (),
            facts=said["facts"] if is_in_part else "",
            limits=said["limits"],
            reserve=() if is_in_part else said["reserve"],
        )


class CloseForm(SeenForm):
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La famille le lit. Par exemple : la même demande a déjà été validée."),
    )


def enough(facts: str) -> str:
    if len(facts.strip()) < FACTS_AT_LEAST:
        raise forms.ValidationError(
            format_lazy(
                _("Dites-en plus, en {n} caractères au moins : la famille doit comprendre sans vous appeler."),
                n=FACTS_AT_LEAST,
            )
        )
    return facts


def _reasons(filing: Any) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} – {one.sentence}") for one in filing.definition.reasons]
