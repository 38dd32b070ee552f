import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xpassfam.organisation.brand import BORDER, ON_ACCENT, TEXT, accent, dark_tokens, light_tokens, sheet
from xpassfam.organisation.colours import contrast, from_hex, to_hex

any_colour = st.from_regex(r"\A#[0-9a-f]{6}\Z")
READ_ON = {
    "ink": ("surface", "paper", "brand-soft"),
    "ink-2": ("surface", "paper", "brand-soft"),
    "brand": ("surface", "paper", "brand-soft"),
    "brand-strong": ("surface", "paper", "brand-soft"),
    "on-brand": ("brand", "brand-strong"),
}
STATUS = {"light": ("#17653a", "#764700", "#a01f2c", "#1d4f8c"), "dark": ("#8fdcab", "#f6cf86", "#ffb0b0", "#a9cdfb")}


@given(any_colour)
@example("#ffffff")
@example("#000000")
@example("#ffff00")
@example("#0000ff")
@example("#808080")
def test_any_brand_colour_gives_text_and_borders_that_are_read(colour):
    for theme, tokens in (("light", light_tokens(colour)), ("dark", dark_tokens(colour))):
        for text, grounds in READ_ON.items():
            for ground in grounds:
                assert contrast(tokens[text], tokens[ground]) >= TEXT, (theme, text, ground)
        for ground in ("surface", "paper"):
            assert contrast(tokens["border"], tokens[ground]) >= BORDER
            for status in STATUS[theme]:
                assert contrast(status, tokens[ground]) >= TEXT


@given(any_colour)
def test_any_accent_lets_its_initial_be_read(colour):
    assert contrast(accent(colour), ON_ACCENT) >= TEXT


@given(any_colour)
def test_a_colour_survives_the_way_there_and_back(colour):
    assert to_hex(from_hex(colour)) == colour


@pytest.mark.parametrize("colour", ["#0f5c56", "#6b2a5b", "#14418b"])
def test_a_brand_that_is_already_readable_is_not_touched(colour):
    assert light_tokens(colour)["brand"] == colour


def test_contrast_is_the_one_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_our_own_face_needs_no_sheet():
    assert sheet(brand="", first_accent="", second_accent="", typeface="shaped") is None


def test_a_sheet_holds_only_variables_of_the_root_and_no_status_colour():
    made = sheet(brand="#6b2a5b", first_accent="#ffcc00", second_accent="#3399ff", typeface="sober")
    assert made is not None
    assert re.fullmatch(r":root,\[data-theme\]\{(--[a-z0-9-]+:[^;{}]+;?)+\}\n", made.css)
    assert (
        f"--brand:var(--light,{light_tokens('#6b2a5b')['brand']}) var(--dark,{dark_tokens('#6b2a5b')['brand']})"
        in made.css
    )
    assert not re.search(r"--(ok|wait|no|info)\b", made.css)


def test_another_colour_has_another_address():
    one, other = (
        sheet(brand=colour, first_accent="", second_accent="", typeface="shaped") for colour in ("#6b2a5b", "#6b2a5c")
    )
    assert one is not None
    assert other is not None
    assert one.digest != other.digest
