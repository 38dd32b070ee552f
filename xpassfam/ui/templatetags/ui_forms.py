"""The parts of a form. Order of every field: label, hint, error, then the field; nothing needed comes after it."""

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from xpassfam.ui import strength
from xpassfam.ui.forms import DateInputs

register = template.Library()


def described(field: BoundField, hint: str, optional: bool | None, **attrs: Any) -> dict[str, Any]:
    """What every field's template needs: ids that tie hint and errors to the field."""
    base = field.auto_id or field.html_name
    hint = hint or str(field.help_text)
    ids = [attrs.pop("described_by", ""), f"{base}_hint" if hint else "", f"{base}_error" if field.errors else ""]
    widget_attrs = field.field.widget.attrs
    attrs["class"] = " ".join(filter(None, [attrs.pop("css", "input"), widget_attrs.get("class", "")]))
    if described_by := " ".join(filter(None, ids)):
        attrs["aria-describedby"] = described_by
    return {
        "field": field,
        "base": base,
        "hint": hint,
        "is_optional": not field.field.required if optional is None else optional,
        "described_by": described_by,
        "input": lambda: field.as_widget(attrs=attrs),
    }


def css_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Select):
        return "select"
    return "area" if isinstance(widget, forms.Textarea) else "input"


@register.simple_tag
def field(
    *,
    field: BoundField,
    hint: str = "",
    example: str = "",
    optional: bool | None = None,
    width: int = 0,
    code: bool = False,
) -> SafeString:
    """Any field, drawn by its widget.

    `example` ends the hint, in the letters of codes. `width`: 6, 10 or 20 characters. `code`: what is typed
    is a number or a code, shown in letters that don't get confused.
    """
    widget = field.field.widget
    if isinstance(widget, forms.PasswordInput):
        return render_to_string("ui/components/password_field.html", password_field({}, field=field, hint=hint))
    if isinstance(widget, DateInputs):
        return render_to_string("ui/components/date_field.html", date_field(field=field, hint=hint, optional=optional))
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return render_to_string("ui/components/picks.html", described(field, hint, optional))
    if isinstance(widget, forms.CheckboxInput):
        return render_to_string("ui/components/checkbox.html", checkbox(field=field, hint=hint))
    css = " ".join(filter(None, [css_of(widget), f"w-{width}" if width else "", "code" if code else ""]))
    context = described(field, hint, optional, css=css) | {"example": example}
    return render_to_string("ui/components/field.html", context)


@register.inclusion_tag("ui/components/password_field.html", takes_context=True)
def password_field(
    context: Mapping[str, Any], *, field: BoundField, hint: str = "", meter: bool = False
) -> dict[str, Any]:
    """A password that can be shown. `meter`, for a new one: its rules before typing, its strength in words after."""
    if not meter:
        return described(field, hint, False)
    asked = context["organisation"]
    more = {"meter": True, "rules": strength.rules(asked), "strength": strength.lengths(asked)}
    return described(field, hint, False, described_by=f"{field.auto_id}_rules") | more


@register.inclusion_tag("ui/components/field.html")
def code_field(*, field: BoundField, hint: str = "") -> dict[str, Any]:
    """A code received by message: one field, digits' keyboard, filled in by the phone where it can."""
    attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    return described(field, hint, False, css="input code big-code", **attrs)


@register.inclusion_tag("ui/components/date_field.html")
def date_field(*, field: BoundField, hint: str = "", optional: bool | None = None) -> dict[str, Any]:
    """Day, month, year; a whole date pasted into one of them is understood."""
    return described(field, hint, optional, css="")


@register.inclusion_tag("ui/components/checkbox.html")
def checkbox(*, field: BoundField, hint: str = "") -> dict[str, Any]:
    return described(field, hint, False, css="")


@register.simple_block_tag
def choices(content: str, *, field: BoundField, legend: str = "", hidden_legend: bool = False) -> SafeString:
    """Several ways of which one is chosen: a `choice` each, that may ask more once chosen."""
    context = described(field, "", False) | {"content": content, "legend": legend or field.label}
    return render_to_string("ui/components/choices.html", context | {"hidden_legend": hidden_legend})


@register.simple_block_tag
def choice(content: str, *, field: BoundField, value: str, title: str, hint: str = "") -> SafeString:
    values = [str(key) for key, _ in field.field.widget.choices]
    context = {
        "content": content,
        "field": field,
        "id": f"{field.auto_id}_{values.index(value)}",
        "value": value,
        "title": title,
        "hint": hint,
        "is_chosen": str(field.value()) == value,
    }
    return render_to_string("ui/components/choice.html", context)


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(*, form: forms.BaseForm, beside: forms.BaseForm | None = None, focus: bool = True) -> dict[str, Any]:
    """First in the page, focused: each error in the words of its field, in their order, as a link to it. `beside`:
    another part of the same page.
    """
    parts = [one for one in (form, beside) if one is not None and one.is_bound]
    lines = [(first_id(one[name]), text) for one in parts for name in one.fields for text in one.errors.get(name, [])]
    count = len({field for field, _text in lines})
    return {
        "lines": lines,
        "count": count,
        "general": [e for one in parts for e in one.non_field_errors()],
        "focus": focus,
    }


def first_id(field: BoundField) -> str:
    """The id of the field, or of its first part."""
    return field.id_for_label or f"{field.auto_id}_0"
