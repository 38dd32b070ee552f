"""What the pages about one filing share: how it is found, and what is told when somebody was quicker."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xpassfam.accounts.models import Account
from xpassfam.filings import verdicts
from xpassfam.filings.actions import confirming, examining
from xpassfam.filings.agents import dossier, situation
from xpassfam.filings.contested import NotLinkable
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.forms.seen import SeenForm
from xpassfam.filings.holding import AcceptedBySilence, NeedsAnother, Overtaken
from xpassfam.filings.models import Filing
from xpassfam.filings.second_look import NeedsSecondLook
from xpassfam.filings.states import NotPossible
from xpassfam.rules.mentions import Mention
from xpassfam.ui.forms import blank
from xpassfam.vault.words import listed

# What a setting or an account may lack for a letter to be lawful, named for whoever can write it.
MENTIONS: Mapping[str, str | Promise] = {
    Mention.SERVICE_ADDRESS: gettext_lazy("l’adresse du service"),
    Mention.SERVICE_PHONE: gettext_lazy("le téléphone du service"),
    Mention.MEDIATOR: gettext_lazy("le médiateur"),
    Mention.REMEDIES: gettext_lazy("les voies de recours"),
    Mention.AUTHOR_FIRST_NAME: gettext_lazy("votre prénom"),
    Mention.AUTHOR_NAME: gettext_lazy("votre nom"),
    Mention.AUTHOR_FUNCTION: gettext_lazy("votre fonction"),
    Mention.REASONS_OF_LAW: gettext_lazy("le motif"),
    Mention.REASONS_OF_FACT: gettext_lazy("les faits"),
}
OWN_PROPOSAL = gettext_lazy("Vous avez proposé cette validation : quelqu’un d’autre la confirme ou la renvoie.")

Act = Callable[[SeenForm, Account, datetime], HttpResponse]


def sent(public_id: str) -> Filing:
    return get_object_or_404(dossier.every(), public_id=public_id)


def agent_of(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def back_to(filing: Filing) -> HttpResponse:
    return redirect("filings:agents-filing", public_id=filing.public_id)


def step(
    request: HttpRequest,
    filing: Filing,
    form_class: type[SeenForm],
    template: str,
    act: Act,
    **context: Any,
) -> HttpResponse:
    """A page that does one thing. Whatever stands in its way is told, and what was typed stays."""
    now = timezone.now()
    if request.method != "POST":
        initial = {"seen": filing.version, "seen_at": now.isoformat(), **context.pop("initial", {})}
        form = blank(form_class, request, filing=filing, initial=initial)
        return _page(request, filing, form, template, context)
    context.pop("initial", None)
    form = form_class(request.POST, filing=filing)
    if request.POST.get("step") == "edit" or not form.is_valid():
        return _page(request, filing, form, template, context)
    try:
        return act(form, agent_of(request), now)
    except Overtaken:
        since = form.cleaned_data["seen_at"]
        filing = sent(filing.public_id)
        form = form_class(_seen_again(request.POST, filing, now), filing=filing)
        context |= {"overtaken": True, "since": _since(filing, since, agent_of(request), now)}
    except NotPossible:
        context["obstacle"] = _("L’état de cette demande ne le permet plus : quelqu’un y a répondu entre-temps.")
    except AcceptedBySilence:
        context["obstacle"] = _(
            "Notre silence a accepté cette demande : enregistrez l’acceptation. Illégale, elle se retire dans les "
            "quatre mois, par une décision motivée prise hors de cette page (CRPA, article L. 242-1)."
        )
    except examining.NoTimeLeft:
        context["obstacle"] = _(
            "Ce que vous demandez n’est pas indispensable, et notre réponse est due : décidez sans l’attendre, ou "
            "écrivez un message."
        )
    except NeedsAnother as needs:
        context["obstacle"] = situation.another_in_words(needs, agent_of(request))
    except NotLinkable as why:
        context["obstacle"] = str(why)
    except confirming.OwnProposal:
        context["obstacle"] = str(OWN_PROPOSAL)
    except NeedsSecondLook:
        context["obstacle"] = _(
            "Il faut deux agents pour dire oui à cette demande. Si vous avez déjà dit oui, quelqu’un d’autre continue. "
            "Sinon, validez-la : un autre agent confirme."
        )
    except verdicts.MissingMentions as missing:
        context["obstacle"] = _(
            "La lettre ne peut pas partir : il y manque {what}. Un administrateur l’écrit dans les réglages de "
            "l’organisme."
        ).format(what=_in_words(missing.mentions))
    except verdicts.NeedsReserve:
        context["obstacle"] = _("Une pièce vient après la décision : validez, et rien n’est payé avant qu’elle arrive.")
    except verdicts.StillAwaited as still:
        context["obstacle"] = _("Cette pièce n’est pas encore là : {what}.").format(what=", ".join(still.labels))
    except verdicts.NeedsAmounts:
        context["obstacle"] = _("Écrivez un montant pour chaque personne, sans dépasser ce qui est promis.")
    except verdicts.UnreadPieces as unread:
        context["obstacle"] = unread_in_words(unread.labels)
    except CannotTakeEffect as cause:
        context["obstacle"] = _("Rien n’est décidé, car un effet ne peut pas se faire. {why}").format(why=cause)
    return _page(request, filing, form, template, context)


def unread_in_words(labels: Sequence[str]) -> str:
    told = ngettext(
        "L’antivirus n’a pas encore vu {pieces}. La demande se validera dès que cette pièce s’ouvrira. D’ici là, vous "
        "pouvez la valider sous réserve.",
        "L’antivirus n’a pas encore vu {pieces}. La demande se validera dès que ces pièces s’ouvriront. D’ici là, vous "
        "pouvez la valider sous réserve.",
        len(labels),
    )
    return told.format(pieces=listed(labels))


def _page(request: HttpRequest, filing: Filing, form: SeenForm, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {"filing": filing, "form": form, "ways": dossier.ways(filing, at=timezone.now()), **context}
    status = 409 if "obstacle" in context or "overtaken" in context else 200
    return render(request, template, context, status=status)


def _seen_again(typed: QueryDict, filing: Filing, at: datetime) -> QueryDict:
    """What was typed, on a page that shows what happened since."""
    renewed = typed.copy()
    renewed["seen"], renewed["seen_at"] = str(filing.version), at.isoformat()
    return renewed


def _since(filing: Filing, since: datetime | None, by: Account, at: datetime) -> list[Any]:
    events = dossier.dossier(filing, by=by, at=at)["events"]
    return [event for event in events if since is None or event.at > since]


def _in_words(mentions: Sequence[str]) -> str:
    return ", ".join(str(MENTIONS.get(code, code)) for code in mentions)
