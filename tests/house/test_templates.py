"""Templates carry no code and none lies about unused."""

import re

from tests.house import files

# A script element is allowed with an address, or as data for one.
INLINE = re.compile(
    r"<style\b|<script(?![^>]*\b(?:src=|type=\"application/(?:ld\+)?json\"))|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
# Django asks for these by their name: pages of its admin, widgets of its forms, its error pages.
ASKED_FOR_BY_DJANGO = re.compile(r"^(admin|registration|django/forms)/|^(400|403|403_csrf|404|500)\.html$")
OF_MAILS_WITHOUT_THEIR_OWN = re.compile(r"/mail/words\.")  # see `outbox.mail`
# A mail client reads no style sheet.
MAIL = re.compile(r"/mail/|^outbox/")


def test_the_pattern_knows_inline_code():
    for code in (
        "<p style='x'>",
        "<script>",
        '<script type="module">',
        '<a onclick="x">',
        "<style>",
        'href="javascript:x"',
    ):
        assert INLINE.search(code), code
    for page in ('<script src="/x.js" defer>', '<script type="application/json">', '<p class="style">', "{% if on %}"):
        assert not INLINE.search(page), page


def test_no_page_holds_inline_code_or_style():
    pages = [path for path in files.templates() if not MAIL.search(files.template_name(path))]

    assert files.lines_with(INLINE, pages) == []


def test_every_template_is_used():
    everything = "\n".join(files.text(path) for path in [*files.python("xpassfam"), *files.templates()])
    unused = [
        name
        for path in files.templates()
        if not ASKED_FOR_BY_DJANGO.search(name := files.template_name(path))
        and not OF_MAILS_WITHOUT_THEIR_OWN.search(name)
        and not is_named(name, everything)
    ]

    assert unused == []


def is_named(name: str, everything: str) -> bool:
    folder, _, last = name.rpartition("/")
    stem = last.rpartition(".")[0]
    # A mail is asked for without its ending: it is a text and a page.
    whole = f'{name}"' in everything or f'{folder}/{stem}"' in everything
    # A component may be asked for by its last name only, in a folder known to its caller.
    return whole or (f"{folder}/{{" in everything and f'"{stem}"' in everything)


NAMED = re.compile(r"\{%\s*(?:extends|include)\s+\"([^\"]+)\"")


def test_every_template_asked_for_by_another_exists():
    known = {files.template_name(path) for path in files.templates()}
    missing = [
        f"{files.place(path)}: {name}"
        for path in files.templates()
        for name in NAMED.findall(files.text(path))
        if name not in known and not name.startswith("admin/")
    ]

    assert missing == []
