"""From one to three colours to the whole face, light and dark, always readable.

The base sheet holds our own tokens; the brand sheet redefines some of them. Status colours stay ours: red is a no
everywhere. Corrected until text has 4.5:1 and borders 3:1, whatever colour was asked for.
"""

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache

from xpassfam.organisation.colours import Oklch, contrast, from_hex, to_hex

TEXT, BORDER = 4.5, 3.0
ON_ACCENT = "#17211f"
STEP = 0.005
OUR_BRAND, OUR_ACCENTS = "#0f5c56", ("#f5bd4f", "#f08a6c")

# Lightness and greatest chroma of each tinted token: those of our own face.
LIGHT = {
    "ink": (0.236, 0.013),
    "ink-2": (0.445, 0.018),
    "paper": (0.970, 0.005),
    "line": (0.883, 0.012),
    "border": (0.535, 0.020),
    "brand-soft": (0.935, 0.030),
}
DARK = {
    "ink": (0.943, 0.008),
    "ink-2": (0.800, 0.018),
    "paper": (0.195, 0.010),
    "surface": (0.243, 0.013),
    "line": (0.360, 0.019),
    "border": (0.665, 0.021),
    "brand-soft": (0.320, 0.042),
    "on-brand": (0.235, 0.035),
}
FACES = {
    "shaped": {},
    "sober": {"title": "var(--text)"},
    "system": {
        "text": 'system-ui,-apple-system,"Segoe UI",Roboto,sans-serif',
        "title": 'system-ui,-apple-system,"Segoe UI",Roboto,sans-serif',
    },
}

Tokens = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    digest: str
    css: str


def light_tokens(brand: str) -> Tokens:
    seed = from_hex(brand)
    tokens = {"surface": "#ffffff", "on-brand": "#ffffff"} | _tinted(seed, LIGHT)
    grounds = [tokens["surface"], tokens["paper"], tokens["brand-soft"]]
    colour = _until(seed, grounds, at_least=TEXT, step=-STEP)
    tokens["brand"] = to_hex(colour)
    strong = replace(colour, lightness=max(colour.lightness - 0.09, 0.12))
    tokens["brand-strong"] = to_hex(_until(strong, grounds, at_least=TEXT, step=-STEP))
    return tokens


def dark_tokens(brand: str) -> Tokens:
    seed = from_hex(brand)
    tokens = _tinted(seed, DARK)
    pale = replace(seed, lightness=max(seed.lightness, 0.80), chroma=min(seed.chroma, 0.12))
    grounds = [tokens["surface"], tokens["paper"], tokens["brand-soft"], tokens["on-brand"]]
    colour = _until(pale, grounds, at_least=TEXT, step=STEP)
    tokens["brand"] = to_hex(colour)
    strong = replace(colour, lightness=min(colour.lightness + 0.07, 0.97))
    tokens["brand-strong"] = to_hex(_until(strong, grounds, at_least=TEXT, step=STEP))
    return tokens


def accent(colour: str) -> str:
    """Shapes carry an initial: the colour is lightened until it is read."""
    return to_hex(_until(from_hex(colour), [ON_ACCENT], at_least=TEXT, step=STEP))


@lru_cache(maxsize=8)
def sheet(*, brand: str, first_accent: str, second_accent: str, typeface: str) -> Sheet | None:
    """What differs from the base sheet; None when nothing does, so that no page asks for it."""
    tokens = (_two(light_tokens(brand), dark_tokens(brand)) if brand else {}) | FACES[typeface]
    for name, colour in (("accent", first_accent), ("accent-2", second_accent)):
        if colour:
            tokens[name] = accent(colour)
    if not tokens:
        return None
    css = f":root,[data-theme]{{{_declared(tokens)}}}\n"
    return Sheet(hashlib.sha256(css.encode()).hexdigest()[:16], css)


def preview(*, brand: str, first_accent: str, second_accent: str) -> list[Tokens]:
    """Light and dark as they will be shown, for the person who chooses; names as templates can say them."""
    accents = {
        "accent": accent(first_accent or OUR_ACCENTS[0]),
        "accent-2": accent(second_accent or OUR_ACCENTS[1]),
    }
    return [
        {name.replace("-", "_"): value for name, value in (tokens | accents).items()}
        for tokens in (light_tokens(brand or OUR_BRAND), dark_tokens(brand or OUR_BRAND))
    ]


def _tinted(seed: Oklch, targets: dict[str, tuple[float, float]]) -> Tokens:
    return {
        name: to_hex(Oklch(lightness, min(chroma, seed.chroma), seed.hue))
        for name, (lightness, chroma) in targets.items()
    }


def _until(colour: Oklch, grounds: list[str], *, at_least: float, step: float) -> Oklch:
    """Darken or lighten, by steps the eye hardly sees, until it is read on every ground."""
    end = 1 if step > 0 else 0
    while (end - colour.lightness) * step > 0 and any(
        contrast(to_hex(colour), ground) < at_least for ground in grounds
    ):
        colour = replace(colour, lightness=colour.lightness + step)
    return colour


def _two(light: Tokens, dark: Tokens) -> Tokens:
    """Both in one: the base sheet says which of --light and --dark is absent, and so replaced by its colour."""
    return {name: f"var(--light,{light[name]}) var(--dark,{dark[name]})" for name in light}


def _declared(tokens: Tokens) -> str:
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())
