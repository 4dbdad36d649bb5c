"""What packs say about casework papers: the remedy on F20 and how often staged relief is given."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.problem import Refused
from app.rules.parameters import GRACE_REMEDY, INSTALMENTS_MOST
from app.rules.standing import remedy_of
from app.rules.terms import terms_of
from tests.cases import layered, national, value_toml

ON = date(2026, 3, 2)
SAID = "不服的，60 日内向云溪镇人民政府或县民政局申请复核。"


def test_the_shipped_packs_make_up_no_remedy():
    terms = terms_of(national(), ON)

    assert terms.find(GRACE_REMEDY) is None
    assert remedy_of(terms) == ""


def test_a_county_s_own_words_are_kept_as_they_are():
    pack = layered(value_toml("grace_remedy", f'value = " {SAID} "'))

    assert remedy_of(terms_of(pack, ON)) == SAID


@pytest.mark.parametrize("value", ['""', '"  "', f'"{"长" * 121}"', '"一行\\n两行"', "7"])
def test_what_no_line_of_a_form_holds_is_refused(value):
    with pytest.raises(Refused) as caught:
        layered(value_toml("grace_remedy", f"value = {value}"))

    assert "grace_remedy" in str(caught.value)


def test_the_longest_text_is_taken():
    pack = layered(value_toml("grace_remedy", f'value = "{"长" * 120}"'))

    assert len(remedy_of(terms_of(pack, ON))) == 120


@pytest.mark.parametrize(("value", "taken"), [(1, False), (2, True), (60, True), (61, False)])
def test_staged_relief_has_at_least_two_parts(value, taken):
    toml = value_toml("relief_instalments_most", f'value = {value}\nunit = "次"')

    if not taken:
        with pytest.raises(Refused):
            layered(toml)
        return
    assert terms_of(layered(toml), ON).find(INSTALMENTS_MOST).value == value
