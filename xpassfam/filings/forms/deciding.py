"""What an agent says to decide: no verdict is chosen beforehand, and a refusal says why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xpassfam.documents.models import has_unread
from xpassfam.filings import agreements, asking, granting
from xpassfam.filings.agents import foreseen
from xpassfam.filings.claims import against, claims_of
from xpassfam.filings.forms.seen import AMOUNT, SeenForm
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.months import is_paid_monthly
from xpassfam.filings.verdicts import FACTS_AT_LEAST, Verdict
from xpassfam.procedures.forms.fields import AmountField, typed_amount
from xpassfam.procedures.language import Reason
from xpassfam.ui import words

Outcome = Decision.Outcome
MOST_CENTS = 10_000_000  # more than that is a slip
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


# Of an amount for the home, and for somebody.
_LABELS = (_("Montant accordé"), _("Montant pour {name}"))
_MONTHLY_LABELS = (
    _("Montant accordé chaque mois"),
    _("Montant de chaque mois, pour {name}"),
)


class GrantingForm(VerifiedForm):
    """A yes. Of an aid, it says how much, to each of those it is for; `is_whole`: to all of them."""

    is_whole = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claims = claims_of(self.filing)
        labels = _MONTHLY_LABELS if is_paid_monthly(self.filing) else _LABELS
        for key, name in granting.beneficiaries(self.filing).items():
            label = str(labels[bool(name)]).format(name=name)
            proposed = self.claims[key].proposed_cents if key in self.claims else None
            self.fields[AMOUNT + key] = AmountField(
                label=label,
                help_text=gettext("Proposé d’après les règles. Vous pouvez le changer.") if proposed else "",
                initial=typed_amount(proposed) if proposed else None,
                required=self.is_whole,
                least=1 if self.is_whole else None,
                most=MOST_CENTS,
            )

    @property
    def amounts(self) -> dict[str, int]:
        typed = {field.name.removeprefix(AMOUNT): self.cleaned_data[field.name] for field in self.amount_fields}
        return {key: amount or 0 for key, amount in typed.items()}


class ApproveForm(GrantingForm):
    def verdict(self) -> Verdict:
        return Verdict(Outcome.APPROVED, amounts=self.amounts)


class LiftForm(GrantingForm):
    """What is paid of what was promised."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promised = self.filing.decisions.filter(superseded_at=None).values_list("grants", flat=True).first() or []
        for one in promised:
            if field := self.fields.get(AMOUNT + one["person"]):
                field.help_text = gettext("{amount} promis.").format(amount=words.euros(one["amount_cents"]))
                field.initial = typed_amount(one["amount_cents"])
                field.most = one["amount_cents"]  # type: ignore[attr-defined]


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
    """What the rules found is told beside each reason, and written down to be mended: the reason itself is chosen."""

    reasons = reasons_field()
    facts = facts_field()
    to_replace = forms.TypedMultipleChoiceField(
        label=_("Pièces à remplacer"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Cochez celles qui ne vont pas, parmi les pièces non vérifiées. Les autres serviront encore."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claims = claims_of(self.filing)
        known = against(self.claims) | agreements.against(self.filing, on=timezone.localdate())
        self.offer("reasons", _reasons(self.filing, known))
        self.fields["facts"].initial = "\n".join(known.values())
        self.offer("to_replace", _unjudged(self.filing))

    def clean_facts(self) -> str:
        return enough(self.cleaned_data["facts"])

    def verdict(self) -> Verdict:
        said = self.cleaned_data
        return Verdict(Outcome.REFUSED, reasons=said["reasons"], facts=said["facts"], to_replace=said["to_replace"])


_LIMITED = [
    (Outcome.IN_PART, _("En partie : le reste est refusé, et la lettre dit pourquoi")),
    (Outcome.UNDER_RESERVE, _("Sous réserve : rien ne se fait avant que la réserve soit levée")),
]


class LimitForm(GrantingForm):
    """In part, or under reserve: only the latter where the definition gives no reason to say no to the rest."""

    is_whole = False

    outcome = forms.ChoiceField(
        label=_("Vous validez"),
        widget=forms.RadioSelect,
        choices=_LIMITED,
    )
    limits = forms.CharField(
        label=_("Quelle part, ou quelle réserve"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : la garde de mars et d’avril ; ou : l’original du jugement."),
    )
    withheld = forms.CharField(
        label=_("Ce qui n’est pas accordé"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("En partie seulement, une ligne par point. La lettre nomme d’elle-même qui ne reçoit rien."),
    )
    reserve = forms.MultipleChoiceField(
        label=_("Pièces attendues"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reasons = reasons_field(required=False, help_text=_("Pour la part refusée."))
    facts = facts_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("reserve", [(one["key"], one["label"]) for one in self.filing.asked])
        if reasons := _reasons(self.filing, against(self.claims)):
            self.offer("reasons", reasons)
        else:
            self._leave_the_reserve_alone()

    def _leave_the_reserve_alone(self) -> None:
        self.offer("outcome", [one for one in _LIMITED if one[0] == Outcome.UNDER_RESERVE])
        self.fields["outcome"].initial = Outcome.UNDER_RESERVE  # the only one
        self.fields["limits"].label = _("Quelle réserve")
        self.fields["limits"].help_text = _("Par exemple : l’original du jugement.")
        for name in ("withheld", "reasons", "facts"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("outcome") == Outcome.IN_PART:
            if not (said.get("withheld") or self._unpaid):
                self.add_error("withheld", _("Écrivez ce qui n’est pas accordé."))
            if not said.get("reasons"):
                self.add_error("reasons", _("Cochez le motif de la part refusée."))
            try:
                enough(said.get("facts", ""))
            except forms.ValidationError as error:
                self.add_error("facts", error)
        if not self.errors:
            self._refuse_too_little(said["outcome"])
        return said

    def _refuse_too_little(self, outcome: str) -> None:
        """In part, somebody gets something; under reserve, everybody."""
        if outcome == Outcome.UNDER_RESERVE or len(self._unpaid) == len(self.amount_fields):
            for field in self._unpaid:
                self.add_error(field.name, _("Écrivez le montant accordé."))

    @property
    def _unpaid(self) -> list[forms.BoundField]:
        """The amounts of those who get nothing."""
        return [field for field in self.amount_fields if not self.cleaned_data.get(field.name)]

    def verdict(self) -> Verdict:
        said = self.cleaned_data
        is_in_part = said["outcome"] == Outcome.IN_PART
        return Verdict(
            said["outcome"],
            reasons=said["reasons"] if is_in_part else (),
            facts=said["facts"] if is_in_part else "",
            limits=said["limits"],
            withheld=said["withheld"] if is_in_part else "",
            reserve=() if is_in_part else said["reserve"],
            amounts=self.amounts,
        )


class SendBackForm(SeenForm):
    word = forms.CharField(
        label=_("Pourquoi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pour l’agent qui a proposé. La famille ne le lit pas."),
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


def _reasons(filing: Filing, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each with what the rules found for it."""
    return [(one.code, _told(one, known.get(one.code, ""))) for one in filing.definition.reasons]


def _told(reason: Reason, found: str) -> str:
    label = f"{reason.code} – {reason.sentence}"
    return format_html('{}<span class="hint">{}</span>', label, found) if found else label


def _unjudged(filing: Filing) -> list[tuple[int, str]]:
    """Pieces that an agent could read, and of which nobody said what they are worth."""
    pieces = filing.pieces.filter(replaced_at=None, verdict=Piece.Verdict.PENDING)
    readable = pieces.exclude(has_unread(OuterRef("document"))).select_related("document")
    return [(one.pk, f"{asking.label_of_piece(filing, one.key)} – {one.document.described.label}") for one in readable]
