"""An application between village and county: sent, returned with comments, mended, confirmed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.households import Category
from app.domain.money import Money
from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.domain.procedure import ReturnComment
from app.services.application_file import ApplicationFiles
from app.services.application_materials import ApplicationMaterials
from app.services.application_publicity import ApplicationPublicity
from app.services.application_signatures import ApplicationSignatures
from app.services.application_steps import ApplicationSteps
from app.services.applications import Applications
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from county_server.decisions import Decide
from county_server.ledger import Ledger
from tests.counties import VILLAGE
from tests.filing import TOLD, Filing, refused

COMMENT = "卡号少一位，请照银行卡填"


@pytest.fixture
def filing(laptop):
    """A filing on a real laptop that belongs to the office."""
    rules = GroundRules(Policies(), laptop.clock)
    work = SimpleNamespace(
        begin=laptop.begin,
        clock=laptop.clock,
        households=laptop.households,
        applications=Applications(laptop.begin, laptop.clock, rules),
        files=ApplicationFiles(laptop.begin, laptop.clock, rules),
        steps=ApplicationSteps(laptop.begin, laptop.clock, rules),
        materials=ApplicationMaterials(laptop.begin, laptop.clock),
        signatures=ApplicationSignatures(laptop.begin, laptop.clock, rules),
        publicity=ApplicationPublicity(laptop.begin, laptop.clock, rules),
    )
    return Filing(work, village_code=VILLAGE.code)


def body_of(office, filing):
    with office.database.read() as connection:
        return dict(Ledger(connection, office.clock.now()).get("application", filing.id).body)


def decide(office, filing, status, **said):
    return office.decisions.decide(Decide(application_id=filing.id, status=status, **said))


def returned_by(office, filing):
    comment = ReturnComment(
        entity="household", entity_id=filing.household.id, column="bank_account", text=COMMENT
    )
    decide(office, filing, S.RETURNED, note="有一处要改", comments=(comment,))


def test_sent_returned_with_a_comment_mended_at_its_field_and_confirmed(
    filing, laptop, road, office
):
    filing.sent()
    laptop.sync(road)
    assert body_of(office, filing)["status"] == "sent_for_confirmation"

    returned_by(office, filing)
    laptop.sync(road)
    (comment,) = filing.now.comments
    assert (filing.status, comment.column, comment.text) == (S.RETURNED, "bank_account", COMMENT)
    assert filing.events() >= {E.RESEND, E.REOPEN}
    assert E.RESUBMIT not in filing.events()

    assert filing.refusal(E.RESEND).code == "A-23"
    laptop.change(filing.household.id, bank_account="6228480000000000017")
    filing.take(E.RESEND, answers={comment.key: "已改"})
    laptop.sync(road)
    assert body_of(office, filing)["status"] == "sent_for_confirmation"

    benefit = Money.yuan(235)
    decide(office, filing, S.CONFIRMED, category=Category.DIBAO, benefit_month=benefit)
    laptop.sync(road)
    decided = filing.now
    assert (decided.status, decided.decided_benefit_month) == (S.CONFIRMED, benefit)
    assert decided.comments == ()
    assert laptop.syncing.check() == []
    assert not [i for i in laptop.syncing.status().items if i.state is OperationState.RETURNED]


def test_what_was_only_handed_in_goes_back_the_same_way(filing, laptop, road, office):
    filing.submitted()
    laptop.sync(road)
    returned_by(office, filing)
    laptop.sync(road)
    key = filing.now.comments[0].key

    assert refused(filing.take, E.RESEND, answers={key: "已改"}).code == "A-22"
    assert filing.take(E.RESUBMIT, answers={key: "卡号没有错，是新卡"}).status is S.SUBMITTED
    laptop.sync(road)

    assert body_of(office, filing)["status"] == "submitted"
    assert laptop.syncing.check() == []


def test_a_step_taken_before_the_return_was_known_does_not_undo_it(filing, laptop, road, office):
    filing.submitted()
    laptop.sync(road)
    returned_by(office, filing)
    filing.take(E.ACCEPT, **TOLD)

    laptop.sync(road)

    assert body_of(office, filing)["status"] == "returned"
    assert filing.status is S.RETURNED
    told = [i for i in laptop.syncing.status().items if i.state is OperationState.RETURNED]
    assert [(i.entity, i.field) for i in told] == [("application", "status")]
    assert laptop.syncing.check() == []


def test_a_withdrawal_that_came_too_late_leaves_the_decision(filing, laptop, road, office):
    filing.submitted()
    laptop.sync(road)
    decide(office, filing, S.REFUSED, note="超标准")
    filing.take(E.WITHDRAW, note="不想办了")

    laptop.sync(road)

    assert body_of(office, filing)["status"] == "refused"
    assert filing.status is S.REFUSED
    assert laptop.syncing.check() == []


def test_a_new_test_takes_a_returned_one_back_to_the_draft_at_both_ends(
    filing, laptop, road, office
):
    filing.submitted()
    laptop.sync(road)
    returned_by(office, filing)
    laptop.sync(road)

    with laptop.begin() as work:
        work.change(
            kind="application.rework", entity="application", entity_id=filing.id,
            subject=filing.household.id, fields={"status": S.DRAFT},
        )  # fmt: skip
        work.commit()
    laptop.sync(road)

    assert body_of(office, filing)["status"] == "draft"
    assert filing.status is S.DRAFT


def test_everything_around_an_application_reaches_the_county_once_and_stays(
    filing, laptop, road, office
):
    filing.sent()
    laptop.sync(road)
    documents = office.status()["documents"]

    assert documents["application_step"] == 6
    assert documents["check_authorization"] == 4
    assert documents["public_notice"] == 1
    with laptop.begin() as work:
        step = work.procedure.steps(filing.id)[0]
        work.change(
            kind="tampered", entity="application_step", entity_id=step.id,
            subject=filing.household.id, fields={"note": "改一改"},
        )  # fmt: skip
        work.commit()
    laptop.sync(road)

    assert filing.whole.steps[0].note == ""
    assert laptop.syncing.check() == []


def test_a_comment_stands_at_a_record_of_this_household(filing, laptop, road, office):
    filing.submitted()
    laptop.sync(road)
    stranger = ReturnComment(entity="household", entity_id="h-9", column="phone", text="改")
    place = ReturnComment(
        entity="household", entity_id=filing.household.id, column="no such", text="改"
    )

    for wrong in (stranger, place):
        with pytest.raises(Refused) as caught:
            decide(office, filing, S.RETURNED, note="改", comments=(wrong,))
        assert caught.value.code == "K-18"
    with pytest.raises(Refused) as caught:
        decide(office, filing, S.CONFIRMED, category=Category.DIBAO, comments=(place,))
    assert caught.value.code == "K-13"
    assert body_of(office, filing)["status"] == "submitted"


def test_typed_comments_name_the_household_or_another_record(filing, laptop, road, office):
    filing.submitted()
    laptop.sync(road)
    person = filing.household.members[0].person.id
    read = office.decisions.comments_of

    found = read(
        ["household.bank_account=少一位", f"person@{person}.id_number=最后一位不对"],
        application_id=filing.id,
        document_no=None,
    )

    assert [(c.entity_id, c.column) for c in found] == [
        (filing.household.id, "bank_account"), (person, "id_number"),
    ]  # fmt: skip
    with pytest.raises(Refused) as caught:
        read(["person.id_number=不对"], application_id=filing.id, document_no=None)
    assert caught.value.code == "K-18"


def test_a_draft_is_not_decided_and_only_what_was_confirmed_is_published(
    filing, laptop, road, office
):
    laptop.sync(road)
    with pytest.raises(Refused) as draft:
        decide(office, filing, S.REFUSED, note="不符合")
    filing.submitted()
    laptop.sync(road)
    with pytest.raises(Refused) as early:
        decide(office, filing, S.PUBLISHED)
    decide(office, filing, S.CONFIRMED, category=Category.DIBAO)

    decide(office, filing, S.PUBLISHED)
    laptop.sync(road)

    assert (draft.value.code, early.value.code) == ("K-19", "K-19")
    assert filing.status is S.PUBLISHED
    assert filing.now.decided_on == date(2026, 3, 2)
