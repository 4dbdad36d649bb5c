"""What F20 says beyond the 渐退 itself: the county's own words, or room to write them in."""

from __future__ import annotations

import pytest

from app.documents.forms import f20
from app.services import standing_papers
from tests.cases import value_toml
from tests.standing import TIANJIN, TOWNSHIP, village_of
from tests.storefile import bare_engine

REMEDY = "不服的，60 日内向云溪镇人民政府申请复核。"
WORDS = TOWNSHIP + TIANJIN + value_toml("grace_remedy", f'value = "{REMEDY}"')


@pytest.fixture
def engine(tmp_path):
    made = bare_engine(tmp_path)
    yield made
    made.dispose()


def notice(engine, clock, toml):
    """The F20 of a proposed 渐退 under a pack."""
    village = village_of(engine, clock, toml)
    village.tested()
    village.graces.propose(village.home.id)
    with village.begin() as work:
        (grace,) = work.standing.graces_of(village.home.id)
        home = work.households.get(village.home.id)
        return standing_papers.content_of(work, village.rules, grace, home)


OTHER = value_toml("decision_remedy", 'value = "不服的，可以申请复议。"')


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (WORDS, REMEDY),
        (TOWNSHIP + TIANJIN, ""),
        (TOWNSHIP + TIANJIN + OTHER, "不服的，可以申请复议。"),
        (WORDS + OTHER, REMEDY),
    ],
)
def test_the_remedy_is_the_pack_s_and_never_made_up(engine, clock, toml, said):
    content = notice(engine, clock, toml)

    assert content.remedy == said
    assert (f20.NO_REMEDY in str(f20.paper(content, "N-1"))) is (said == "")
