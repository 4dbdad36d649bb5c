"""The one next thing to do with an application: what the list says may be done."""

from __future__ import annotations

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.today import WorkKind
from tests.filing import TOLD, Filing
from tests.procedure import under


@pytest.fixture
def filing(work):
    return Filing(work)


def next_thing(filing):
    """The words of the list of applications, which are those of today's list.

    The notice of what was granted is a second thing to do beside them.
    """
    (line,) = filing.work.files.lines(tuple(S))
    items = [i for i in filing.work.worklist.everything() if i.entity_id == filing.id]
    said = [item.action for item in items if item.kind is not WorkKind.NOTICE_TO_POST]
    assert said in ([], [line.next])
    return line.next


def test_who_accepts_is_what_the_pack_says(filing):
    filing.submitted()
    assert next_thing(filing) == "问镇里受理没有"

    under(filing.work, acceptance_level='value = "village_by_delegation"')
    assert next_thing(filing) == "材料齐了，就记受理"


def test_where_means_are_checked_first_acceptance_waits_for_that(filing):
    under(filing.work, check_before_acceptance="value = true")
    filing.submitted()
    assert next_thing(filing) == "问镇里核对结果，记“受理前核对”"

    filing.take(E.PRECHECK, **TOLD)
    assert next_thing(filing) == "问镇里受理没有"


@pytest.mark.parametrize(
    ("mode", "words"),
    [("required", "开民主评议"), ("none", "贴公示"), ("optional", "评议或贴公示")],
)
def test_after_the_investigation_comes_what_the_pack_wants(filing, mode, words):
    under(filing.work, community_review_mode=f'value = "{mode}"')
    filing.assessed()

    assert next_thing(filing) == words


def test_a_review_leads_to_the_notice_only_where_it_passed(filing):
    filing.assessed().take(E.NEED_REVIEW)
    before = next_thing(filing)
    filing.review()
    passed = next_thing(filing)
    filing.objected().answered().take(E.NEED_REVIEW)
    again = next_thing(filing)
    filing.review(agree=2, against=8, abstain=0)

    assert (before, again) == ("记评议结果，再贴公示", "记评议结果，再贴公示")
    assert passed == "评议过了，贴公示"
    assert next_thing(filing) == "评议没通过：记异议，去复查"
    assert filing.objected().status is S.REINVESTIGATING


def test_who_was_refused_and_is_kept_in_view_is_told_first_and_looked_after_then(filing):
    filing.sent().county_says(S.WATCHLISTED, decided_on=filing.today)
    filing.work.worklist.forget()
    before = next_thing(filing)
    filing.take(E.TELL)

    assert (before, next_thing(filing)) == (
        "把不同意告知书送到手上，记下来",
        "按备案户关注，记进备案监测",
    )


@pytest.mark.parametrize("status", [S.CONFIRMED, S.REFUSED, S.PUBLISHED])
def test_who_was_told_is_not_to_be_told_again(filing, status):
    filing.sent().county_says(status, decided_on=filing.today)
    filing.work.worklist.forget()
    before = next_thing(filing)
    filing.take(E.TELL)

    assert before.endswith("记下来")
    assert next_thing(filing) == "已经告诉这户了"
