"""An organisation rewrites an article: refused by line, shown before it is published, and undone."""

import pytest

from tests.accounts.factories import account, sign_in
from xpassfam.definitions.loading import Refused
from xpassfam.help import shelf
from xpassfam.help.article import load
from xpassfam.help.models import ArticleVersion
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence

pytestmark = pytest.mark.django_db
SLUG = "mot-de-passe-oublie"
TEXT_ADDRESS = f"/admin/help/articleversion/{SLUG}/texte/"
OURS = """---
title: Votre sésame perdu
situation: account
summary: Passez nous voir au 12 quai des Antilles.
keywords: [sésame]
---
Venez avec **une pièce d’identité**.
"""


@pytest.fixture
def administrator(client):
    sign_in(client, account(role="administrator").email)
    return client


def problems(source):
    with pytest.raises(Refused) as refused:
        load(source, slug="essai")
    return {(one.line, one.text) for one in refused.value.problems}


def lines(source):
    return {line for line, _text in problems(source)}


def test_a_text_without_head_is_refused():
    assert lines("Bonjour") == {1}
    assert lines("---\ntitle: a\n") == {1}


def test_what_is_wrong_in_the_head_is_told_by_its_line():
    assert lines("---\ntitle: a\nsituation: nowhere\nsummary: b\n---\nx") == {3}
    assert lines("---\ntitle: a\nsituation: portal\nsummary: b\ncolour: red\n---\nx") == {5}


def test_html_is_refused_by_its_line():
    assert lines(OURS + "\n<script>alert(1)</script>\n") == {9}


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//elsewhere.example/", "data:text/html,x", "http://x.example"]
)
def test_a_link_that_is_not_safe_is_refused_and_never_drawn(link):
    from xpassfam.help.markdown import html

    assert lines(f"{OURS}[ici]({link})\n") == {8}
    assert "href" not in html(f"[ici]({link})")


def test_an_empty_text_is_refused():
    assert lines("---\ntitle: a\nsituation: portal\nsummary: b\n---\n") == {6}


def test_what_is_published_stands_before_the_shipped_text_and_is_found(administrator):
    assert administrator.post(TEXT_ADDRESS, {"source": OURS, "save": "1"}).status_code == 302
    page = administrator.get(f"/aide/{SLUG}/").content.decode()
    assert "<h1>Votre sésame perdu</h1>" in page
    assert "<strong>une pièce d’identité</strong>" in page
    assert f'href="/aide/{SLUG}/"' in administrator.get("/aide/?q=sesame").content.decode()


def test_the_preview_publishes_nothing(administrator):
    page = administrator.post(TEXT_ADDRESS, {"source": OURS, "look": "1"}).content.decode()
    assert "<strong>une pièce d’identité</strong>" in page
    assert not ArticleVersion.objects.exists()


def test_a_refused_text_comes_back_whole_with_its_reasons(administrator):
    wrong = OURS.replace("situation: account", "situation: ailleurs")
    page = administrator.post(TEXT_ADDRESS, {"source": wrong, "save": "1"}).content.decode()
    assert "Ligne 3" in page
    assert "situation: ailleurs" in page
    assert not ArticleVersion.objects.exists()


def test_the_shipped_text_comes_back_and_versions_are_kept(administrator):
    for _ in range(2):
        administrator.post(TEXT_ADDRESS, {"source": OURS, "save": "1"})
    administrator.post(TEXT_ADDRESS, {"restore": "1"})
    assert shelf.shipped()[SLUG].title in administrator.get(f"/aide/{SLUG}/").content.decode()
    assert list(ArticleVersion.objects.order_by("number").values_list("number", "is_current")) == [
        (1, False),
        (2, False),
    ]
    assert "Versions" in administrator.get(TEXT_ADDRESS).content.decode()


def test_a_new_article_has_its_page_until_it_is_taken_away(administrator):
    new = "/admin/help/articleversion/nouveau/"
    assert administrator.post(new, {"slug": "nos-agences", "source": OURS, "save": "1"}).status_code == 302
    assert administrator.get("/aide/nos-agences/").status_code == 200
    administrator.post("/admin/help/articleversion/nos-agences/texte/", {"restore": "1"})
    assert administrator.get("/aide/nos-agences/").status_code == 404


@pytest.mark.parametrize("slug", ["connexion", SLUG])
def test_a_new_article_takes_no_address_of_another_page(administrator, slug):
    page = administrator.post(
        "/admin/help/articleversion/nouveau/", {"slug": slug, "source": OURS, "save": "1"}
    ).content.decode()
    assert "Cette adresse est déjà celle d’une page d’aide." in page


def test_the_history_says_who_wrote_what(administrator):
    administrator.post(TEXT_ADDRESS, {"source": OURS, "save": "1"})
    line = Line.objects.get(kind="help.written")
    assert "Votre sésame perdu" in sentence(line)
    assert line.actor_kind == "administrator"


def test_a_version_that_the_schema_no_longer_takes_leaves_the_shipped_text(client):
    from django.utils import timezone

    ArticleVersion.objects.create(
        slug=SLUG, number=1, source="rien", written_at=timezone.now(), written_by="Thierry Roux"
    )
    assert shelf.shipped()[SLUG].title in client.get(f"/aide/{SLUG}/").content.decode()


@pytest.mark.parametrize("role", ["family", "agent"])
def test_only_administrators_write(client, role):
    sign_in(client, account(role=role).email)
    assert client.get(TEXT_ADDRESS).status_code in (302, 403)
    client.post(TEXT_ADDRESS, {"source": OURS, "save": "1"})
    assert not ArticleVersion.objects.exists()
