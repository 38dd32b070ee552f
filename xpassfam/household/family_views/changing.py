"""A family changes a fact: one topic a page, what is known filled in."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import family, own
from xpassfam.household.actions import changing
from xpassfam.household.answers import CORRECTS, refused_texts
from xpassfam.household.fields import ADDRESS, FIELDS, Field, by_slug, on_one_line, readable, version_of
from xpassfam.household.forms.address import AddressForm, warning_of_long_lines
from xpassfam.household.forms.facts import FactForm
from xpassfam.household.models import Change
from xpassfam.household.standing import Standing, Subject, standing_of
from xpassfam.household.telling import what
from xpassfam.people.access import FamilyRequest
from xpassfam.people.actions.correcting import texts_of
from xpassfam.people.models import Household, Person
from xpassfam.rules.communes import communes_of, normalise_postcode
from xpassfam.rules.field_policy import Mode, Whose
from xpassfam.rules.identifiers import is_public_id, new_public_id
from xpassfam.rules.postal import long_lines


@family
def change_own(request: FamilyRequest, slug: str) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.access), pk=request.access.person_id)
    return _change(request, Subject(Whose.SELF, person), by_slug(Whose.SELF, slug), standing_of(request.access))


@family
def change_child(request: FamilyRequest, public_id: str, slug: str) -> HttpResponse:
    standing = standing_of(request.access)
    return _change(request, standing.minor(public_id), by_slug(Whose.CHILD, slug), standing)


@family
def change_address(request: FamilyRequest) -> HttpResponse:
    home = get_object_or_404(Household.objects.visible_to(request.access))
    return _change(request, Subject(Whose.HOME, home), ADDRESS, standing_of(request.access))


@family
def withdraw(request: FamilyRequest, public_id: str) -> HttpResponse:
    """First a page that names what goes."""
    change = get_object_or_404(Change.objects.visible_to(request.access), public_id=public_id)
    if not changing.may_withdraw(change, access=request.access):
        raise Http404
    if request.method != "POST":
        if change.status != Change.Status.PENDING:
            return redirect(_page_of(change, request))
        shown = {"change": change, "what": what(change), "back_url": _page_of(change, request)}
        value = readable(FIELDS[change.field], change.after)
        return render(request, "household/family/withdraw.html", {**shown, "value": value})
    try:
        changing.withdraw(change, access=request.access, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("Votre demande est annulée. Rien n’a changé."))
    except changing.AlreadyDecided:
        messages.warning(request, _("L’organisation a répondu entre-temps. Lisez sa réponse."))
    except changing.NotAllowed as refusal:
        raise Http404 from refusal
    return redirect(_page_of(change, request))


@own
@require_POST
def put_away(request: FamilyRequest, public_id: str) -> HttpResponse:
    change = get_object_or_404(Change.objects.visible_to(request.access).unread_by(request.access), public_id=public_id)
    changing.put_away(change, at=timezone.now())
    return redirect("household:profile")


@family
@require_GET
def communes(request: FamilyRequest) -> JsonResponse:
    """The communes of a postcode, for the page that asks as one types. Nothing of anybody in it."""
    places = communes_of(normalise_postcode(request.GET.get("code", "")))
    return JsonResponse({"communes": [{"code": place.code, "name": place.name} for place in places]})


def _change(request: FamilyRequest, subject: Subject | None, field: Field | None, standing: Standing) -> HttpResponse:
    """The page of a field; a field that is not open has no page, whatever is posted to it."""
    if subject is None or field is None or not standing.mode(subject, field).is_open:
        raise Http404
    if Change.objects.visible_to(request.access).pending().filter(person=subject.person, field=field.code).exists():
        return _already_waiting(request, subject)
    known, typed = _known(request, subject, field), _typed(request)
    form = _form(field, known, typed, standing)
    if isinstance(form, AddressForm) and typed and ("choose" in typed or request.method == "GET"):
        form = AddressForm.half_way(typed)
    elif request.method == "POST" and form.is_valid():
        try:
            change = _ask(request, subject, field, form.texts())
            _confirm(request, change, field, form.texts())
            return redirect(subject.url)
        except changing.AlreadyWaiting:
            return _already_waiting(request, subject)
        except changing.Overtaken:
            return _page(request, subject, field, form, standing, is_overtaken=True)
        except changing.NotAllowed as refusal:
            raise Http404 from refusal
    return _page(request, subject, field, form, standing)


def _known(request: FamilyRequest, subject: Subject, field: Field) -> dict[str, str]:
    """What the form is filled in with: what stands, or what was refused and is to be corrected."""
    corrects = request.GET.get(CORRECTS, "")
    refused = refused_texts(corrects, field, subject, request.access) if is_public_id(corrects) else None
    return refused or texts_of(subject.row, field.name)


def _already_waiting(request: FamilyRequest, subject: Subject) -> HttpResponse:
    messages.warning(request, _("Un changement attend déjà une réponse. Annulez-le pour en demander un autre."))
    return redirect(subject.url)


def _typed(request: FamilyRequest) -> Mapping[str, str] | None:
    """What was sent, or what a form that stayed open too long had sent."""
    return request.POST if request.method == "POST" else getattr(request, "stale_post", None)


def _form(
    field: Field, known: dict[str, str], typed: Mapping[str, str] | None, standing: Standing
) -> AddressForm | FactForm:
    if field is ADDRESS:
        return AddressForm(typed, known=known)
    required = standing.is_required(field)
    return FactForm(typed, field=field, known=known, is_required=required, today=standing.access.on)


def _ask(request: FamilyRequest, subject: Subject, field: Field, values: dict[str, str]) -> Change | None:
    return changing.ask(
        subject,
        field=field,
        values=values,
        access=request.access,
        form_key=_key(request),
        seen=request.POST.get("version", ""),
        by=devices.actor(request),
        at=timezone.now(),
    )


def _key(request: FamilyRequest) -> str:
    key = request.POST.get("key", "")
    return key if is_public_id(key) else new_public_id()


def _confirm(request: FamilyRequest, change: Change | None, field: Field, values: dict[str, str]) -> None:
    if change is None:
        messages.info(request, _("Rien n’a changé : c’est ce que nous avions déjà."))
    elif change.status == Change.Status.PENDING:
        messages.success(request, _("Votre demande est envoyée. Un e-mail vous dira la réponse."))
    else:
        shown = on_one_line(field, values)
        messages.success(request, _("C’est enregistré. {field} : {value}").format(field=field.label, value=shown))
    if change and field is ADDRESS and (long := long_lines(values["address"])):
        messages.warning(request, warning_of_long_lines(long))


def _page(
    request: FamilyRequest,
    subject: Subject,
    field: Field,
    form: AddressForm | FactForm,
    standing: Standing,
    *,
    is_overtaken: bool = False,
) -> HttpResponse:
    """Who comes back after an overtaking sends again on purpose: the page carries the new version and a new key."""
    if is_overtaken:
        subject.row.refresh_from_db()
    now = texts_of(subject.row, field.name)
    context = {
        "form": form,
        "field": field,
        "value": form[field.name] if field is not ADDRESS else None,
        "person": subject.person if subject.whose is Whose.CHILD else None,
        "back_url": subject.url,
        "needs_approval": standing.mode(subject, field) is Mode.APPROVAL,
        "key": new_public_id() if is_overtaken or request.method == "GET" else _key(request),
        "version": version_of(now),
        "current": on_one_line(field, now) if is_overtaken else "",
        "is_overtaken": is_overtaken,
    }
    template = "household/family/change_address.html" if field is ADDRESS else "household/family/change.html"
    return render(request, template, context)


def _page_of(change: Change, request: FamilyRequest) -> str:
    """Where the field of a change is read."""
    if change.person is None:
        return reverse("household:home")
    if change.person_id == request.access.person_id:
        return reverse("household:profile")
    return reverse("household:child", args=[change.person.public_id])
