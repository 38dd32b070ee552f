"""What an administrator gives: the text of an article."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.definitions.loading import Refused
from xpassfam.help.article import TAKEN, Article, load
from xpassfam.help.shelf import articles
from xpassfam.ui.forms import Form


class ArticleForm(Form):
    """`slug` is asked for a new article only. `article` is what the text holds, once it is valid."""

    slug = forms.SlugField(
        label=_("Fin de l’adresse"),
        max_length=60,
        help_text=_("Minuscules, chiffres et tirets : « aide-aux-vacances » donne /aide/aide-aux-vacances/."),
    )
    source = forms.CharField(
        label=_("Texte de l’article"),
        strip=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 28, "cols": 100, "spellcheck": "true"}),
    )

    def __init__(self, *args: Any, slug: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_slug = slug
        self.article: Article | None = None
        if slug:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in TAKEN or slug in articles():
            raise ValidationError(_("Cette adresse est déjà celle d’une page d’aide."))
        return slug

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        slug = self.known_slug or self.cleaned_data.get("slug", "")
        try:
            self.article = load(source, slug=slug, is_own=True)
        except Refused as refusal:
            said = _("Ligne {line} : {text}")
            raise ValidationError([said.format(line=one.line, text=one.text) for one in refusal.problems]) from refusal
        return source
