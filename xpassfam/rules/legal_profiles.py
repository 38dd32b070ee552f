"""What the law lets each kind of organisation write, and what it makes it write.

A portal serves a town, a mutual or a works council: « silence vaut rejet » is the law for the first and a falsehood
for the others. Profiles are the codes "adm", "mut", "cse", "asso", "ent"; no wording here but the forbidden one.
"""

import re

# Source: CRPA, art. L. 100-3: remedies, silence and mediation by the State bind administrations only.
ADMINISTRATIVE = (
    "silence vaut",
    "décision implicite",
    "considérée comme acceptée",
    "considérée comme refusée",
    "tribunal administratif",
    "recours gracieux",
    "recours hiérarchique",
    "mission d’intérêt public",
    "cada",
)
# Source: ACPR, recommendations 2022-R-01 and 2024-R-02: complaints to mutuals and insurers.
INSURANCE = ("acpr", "adhésion à un contrat d’assurance")
# Source: loi 2005-102, art. 47: its remedy is named by those whom it binds.
REMEDY_OF_ACCESSIBILITY = "défenseur des droits"

# Source: RGPD, art. 6. What the portal's own processing rests on, unless the organisation wrote otherwise.
LEGAL_BASIS = {
    "adm": "public_interest",
    "mut": "contract",
    "cse": "legitimate_interest",
    "asso": "contract",
    "ent": "contract",
}


def is_bound_to_accessibility(profile: str, *, is_required: bool) -> bool:
    """An administration always is; the others when their size or mission makes them. Source: loi 2005-102, art. 47."""
    return profile == "adm" or is_required


def forbidden_phrases(profile: str, *, accessibility_is_required: bool = False) -> tuple[str, ...]:
    """Lower-case phrases that no page of this profile may hold."""
    phrases: tuple[str, ...] = ()
    if profile != "adm":
        phrases += ADMINISTRATIVE
    if profile not in ("mut", "ent"):
        phrases += INSURANCE
    if not is_bound_to_accessibility(profile, is_required=accessibility_is_required):
        phrases += (REMEDY_OF_ACCESSIBILITY,)
    return phrases


def forbidden_in(text: str, *, profile: str, accessibility_is_required: bool = False) -> tuple[str, ...]:
    """The phrases that a text of this profile holds and may not, however it is spaced, cased or apostrophised.

    For what an organisation writes itself: mails, reasons, procedures.
    """
    plain = " ".join(text.lower().replace("'", "’").split())
    phrases = forbidden_phrases(profile, accessibility_is_required=accessibility_is_required)
    return tuple(phrase for phrase in phrases if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", plain))
