"""Words with gaps: « Bonjour {prenom} ». A gap is a name of a list, and nothing else: no text commands anything."""

import re
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xpassfam.rules.legal_profiles import forbidden_in

BREAKABLE = re.compile(r"[ \t\r\n]+")
GAP = re.compile(r"\{([^{}]*)\}")


def check(text: str, *, gaps: Collection[str], profile: str) -> None:
    """Raise ValidationError, in words, for each gap that nothing fills and each sentence that is not this law's."""
    problems = []
    known = ", ".join(f"{{{name}}}" for name in gaps)
    for name in dict.fromkeys(GAP.findall(text)):
        if name not in gaps:
            problem = _("{gap} n’est pas connu ici. Vous pouvez écrire : {known}.")
            problems.append(problem.format(gap=f"{{{name}}}", known=known))
    if re.search(r"[{}]", GAP.sub("", text)):
        problems.append(_("Une accolade est seule : écrivez par exemple {example}.").format(example="{prenom}"))
    for phrase in forbidden_in(text, profile=profile):
        problem = _("« {phrase} » ne vaut pas pour votre organisme : la loi ne le dit que d’autres.")
        problems.append(problem.format(phrase=phrase))
    if problems:
        raise ValidationError(problems)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """What is not known is left out: a mail is sent rather than lost."""
    return GAP.sub(lambda found: facts.get(found[1], ""), text)


def paragraphs(text: str) -> list[str]:
    """Parted by empty lines. No-break spaces stay what they are."""
    return [BREAKABLE.sub(" ", part).strip() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
