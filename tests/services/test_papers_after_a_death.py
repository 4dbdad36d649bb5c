"""What is printed after the last of a household has died still says whose it was."""

from __future__ import annotations

import pytest

from app.documents.visit_log import LogOptions
from app.domain.family import FamilyDeed
from app.services.exports import ExportBook
from tests.casework import visit
from tests.exporting import order
from tests.families import deed
from tests.storefile import household_of


@pytest.fixture
def alone(work):
    """Somebody who lived alone, was visited, and died."""
    made = household_of("韦阿公", door="8号")
    work.households.add_all([made])
    work.visits.record(visit(made))
    work.clock.advance(days=1)
    work.families.do(deed(made, FamilyDeed.DEATH, 0))
    return made


@pytest.mark.parametrize("form", ["F15", "F28"])
def test_a_paper_names_who_headed_the_household_last(work, alone, form):
    assert work.households.get(alone.id).members == ()

    content = work.printing.sketch(form, alone.id, None).content

    assert content.head == "韦阿公"


def test_the_log_of_the_month_names_whom_it_visited(work, alone, tmp_path):
    path = tmp_path / "x.csv"

    work.exports.write(order(path, ExportBook.VISITS, options=LogOptions()))

    assert "韦阿公" in path.read_text("utf-8-sig")


def test_while_somebody_is_left_the_head_is_whoever_heads_it_now(work):
    home = household_of("韦阿公", "韦小山", door="9号")
    work.households.add_all([home])

    work.families.do(deed(home, FamilyDeed.DEATH, 0, head=home.members[1].person.id))

    assert work.households.get(home.id).named_head.name == "韦小山"
