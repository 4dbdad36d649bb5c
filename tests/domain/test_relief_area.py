"""What the places an emergency happens at are called, as far as the village's name tells."""

from __future__ import annotations

import pytest

from app.domain.relief_area import EventArea, area_words

VILLAGE, TOWNSHIP, COUNTY = EventArea.VILLAGE, EventArea.TOWNSHIP, EventArea.COUNTY


@pytest.mark.parametrize("name", ["青石坳村", "古镇村", "镇北村", "新区村委会", "县前村"])
def test_a_village_alone_names_itself_only(name):
    assert area_words(name) == {VILLAGE: f"本村（{name}）"}


def test_a_village_called_with_its_township_names_both():
    assert area_words("云溪镇青石坳村") == {
        VILLAGE: "本村（云溪镇青石坳村）",
        TOWNSHIP: "云溪镇别的村",
    }


@pytest.mark.parametrize(
    ("above", "county"),
    [
        ("练习县", "练习县"),
        ("广西壮族自治区河池市大化瑶族自治县", "大化瑶族自治县"),
        ("内蒙古自治区锡林郭勒盟正蓝旗", "正蓝旗"),
    ],
)
def test_a_county_in_the_name_is_named_too(above, county):
    found = area_words(f"{above}云溪镇青石坳村")

    assert (found[TOWNSHIP], found[COUNTY]) == ("云溪镇别的村", f"{county}别的乡镇")


def test_a_district_is_not_guessed_at():
    assert COUNTY not in area_words("济南市市中区十六里河街道青石坳村")


@pytest.mark.parametrize("name", ["", "青石坳村、柳沟村"])
def test_of_none_or_several_villages_none_is_named(name):
    assert area_words(name) == {}
