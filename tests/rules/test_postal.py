from xpassfam.rules.postal import long_lines, tidy_lines


def test_blank_lines_and_doubled_spaces_go():
    assert tidy_lines("  14  rue du Coudray \r\n\n Bâtiment C\n") == ["14 rue du Coudray", "Bâtiment C"]


def test_a_line_of_38_characters_fits_an_envelope_and_one_of_39_is_named():
    fits, long = "x" * 38, "y" * 39
    assert long_lines(f"{fits}\n{long}") == [long]
