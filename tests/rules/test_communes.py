"""The communes of a postcode, from the list that comes with the portal."""

import pytest

from xpassfam.rules.communes import communes_of, normalise_postcode


def names(postcode):
    return [place.name for place in communes_of(postcode)]


def test_a_postcode_of_one_commune_gives_it_with_its_code():
    [nantes] = communes_of("44200")
    assert (nantes.code, nantes.name) == ("44109", "Nantes")


def test_a_postcode_of_many_gives_them_all_by_name():
    found = names("51300")
    assert len(found) == 46
    assert found == sorted(found)
    assert "Vitry-le-François" in found


@pytest.mark.parametrize(("postcode", "town"), [("75012", "Paris"), ("97400", "Saint-Denis"), ("20000", "Ajaccio")])
def test_big_cities_islands_and_overseas_are_there(postcode, town):
    assert town in names(postcode)


def test_apostrophes_are_the_printed_ones():
    assert "L’Abergement-Clémenciat" in names("01400")


@pytest.mark.parametrize("typed", ["", "99999", "4420", "442000", "44109 Nantes", "\n44200", "44200\t", "D02 AF30"])
def test_what_is_no_french_postcode_gives_nothing(typed):
    assert communes_of(typed) == []


def test_postcodes_are_read_as_people_write_them():
    assert normalise_postcode(" 44 200 ") == "44200"
    assert normalise_postcode("sw1a  1aa") == "SW1A 1AA"
