"""Every text that people read goes through gettext: in templates, in their tags, in the code."""

import ast
import re

from tests.house import files

TRANSLATED = re.compile(r"\{% (blocktrans\w*|comment)\b.*?\{% end\1 %\}", re.DOTALL)
TAG = re.compile(r"\{%-?\s*(\w+)(.*?)%\}", re.DOTALL)
NOT_TEXT = re.compile(
    r"<(script|style|button type=\"submit\" class=\"link\" name=\"language\").*?</\w+>|<[^>]*>|\{\{.*?\}\}|\{#.*?#\}",
    re.DOTALL,
)
STRING = re.compile(r'(_\()?"([^"]*)"')
ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-[\w-]+)="([^"{]+)"')
IN_WORDS = re.compile(r"[A-Z][a-zà-ÿ]|[À-ÿ’«]")

GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
FRENCH = re.compile(r"[à-ÿ’«]", re.IGNORECASE)
# Commands and settings speak to operators, the rules and columns say nothing; names of persons; the page for when
# nothing works.
SPEAKS_TO_NO_VISITOR = re.compile(
    r"/(rules|management|migrations)/|config/(settings|values)\.py|register/columns\.py|demo/cast\.py|ui/(errors|living)\.py"
)


# Words that rules of entitlement replace: an organisation writes them in its own texts.
OF_RULES = {"prénom", "âge", "de {prénom}", "d’{prénom}"}


def bare_texts(template: str) -> list[str]:
    rest = TRANSLATED.sub(" ", template)
    strings = [
        string
        for name, given in TAG.findall(rest)
        if name not in {"translate", "trans"}
        for is_translated, string in STRING.findall(given)
        if not is_translated
    ]
    markup = TAG.sub(" ", rest)
    found = [*strings, *ATTRIBUTE.findall(markup), *NOT_TEXT.sub(" ", markup).splitlines()]
    return [text.strip() for text in found if IN_WORDS.search(text)]


def bare_strings(code: ast.Module) -> list[str]:
    said = {id(part) for call in ast.walk(code) if is_gettext(call) for one in call.args for part in ast.walk(one)}
    said |= {id(line.value) for line in ast.walk(code) if isinstance(line, ast.Expr)}
    return [
        one.value
        for one in ast.walk(code)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in said
        if FRENCH.search(one.value) and one.value not in OF_RULES
    ]


def is_gettext(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in GETTEXT


def test_a_bare_text_is_seen():
    assert bare_texts('<p title="À vous">Bonjour</p>{% card text=_("Bon") title="Le foyer" %}') == [
        "Le foyer",
        "À vous",
        "Bonjour",
    ]
    assert bare_texts('<p>{% translate "Bonjour" %}</p>{% card title=_("Le foyer") text="" %}') == []
    assert bare_strings(ast.parse('"""À lire."""\nx = _("Été") + "Déjà"')) == ["Déjà"]


def test_templates_have_no_bare_text():
    found = [f"{files.place(path)}: {text}" for path in files.templates() for text in bare_texts(files.text(path))]

    assert found == []


def test_the_code_has_no_bare_french():
    found = [
        f"{files.place(path)}: {text}"
        for path in files.python("xpassfam")
        if not SPEAKS_TO_NO_VISITOR.search(path.as_posix())
        for text in bare_strings(files.tree(path))
    ]

    assert found == []
