"""A class that no sheet knows is a slip: the page looks unfinished and nothing says so."""

import re

from tests.house import files

# Mails bring their own styles; the admin has Django's sheets.
ELSEWHERE = re.compile(r"/mail/|^outbox/|^admin/")


def test_every_class_of_a_template_is_in_a_sheet():
    sheets = "\n".join(files.text(path) for path in files.followed() if path.suffix == ".css")
    known = set(re.findall(r"\.([A-Za-z][\w-]*)", sheets))
    unknown = [
        f"{files.template_name(path)}: {name}"
        for path in files.templates()
        if not ELSEWHERE.search(files.template_name(path))
        for classes in re.findall(r'class="([^"]*)"', files.text(path))
        for name in re.sub(r"\{%.*?%\}", " ", re.sub(r"\S*\{\{.*?\}\}\S*", " ", classes)).split()
        if name not in known
    ]

    assert unknown == []
