"""What a print carries of the vault it comes from: practice, and who prints it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.documents.stamp import Mark
from app.models.base import table_of
from app.models.log import DeviceRow
from app.services.printing import draw
from tests import pdfs
from tests.storefile import household_of

NO_FONT_HAS = "\U00031350"


@pytest.fixture
def home(work):
    made = household_of("覃兰英")
    work.households.add_all([made])
    return made


def called(work, **facts: object) -> None:
    """Set what the vault says of its own device."""
    with work.begin() as unit:
        unit.connection.execute(update(table_of(DeviceRow)).values(facts))
        unit.commit()


@pytest.mark.parametrize(
    ("practice", "draft", "said"),
    [(True, True, "练习草稿"), (True, False, "练习"), (False, True, "草稿"), (False, False, "")],
)
def test_what_is_made_up_says_so_on_a_draft_as_well(work, home, practice, draft, said):
    called(work, is_practice=practice)

    prepared = work.printing.prepare("F28", home.id, draft=draft)
    sketch = work.printing.sketch("F28", home.id, draft=True)

    assert "".join(prepared.stamp.watermark.split()) == said
    assert sketch.stamp.mark is (Mark.PRACTICE_DRAFT if practice else Mark.DRAFT)
    text = "".join(pdfs.text_of(draw(prepared).pdf).split())
    assert said in text
    assert ("草稿" in text) is draft
    assert prepared.stamp.counts is not draft


def test_a_name_no_font_has_is_told_before_every_page_shows_a_box(work, home):
    called(work, officer_name=f"王{NO_FONT_HAS}英")

    assert work.printing.prepare("F28", home.id).unprintable == (NO_FONT_HAS,)
    assert work.printing.sketch("F28", home.id).unprintable == (NO_FONT_HAS,)
