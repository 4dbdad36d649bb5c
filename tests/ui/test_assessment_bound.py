"""What is asked only where an answer waits for it: whom an obligor is bound to, what of work."""

from __future__ import annotations

import pytest

from app.domain.people import DisabilityKind
from app.rules.facts import Disability, Obligor
from app.ui.assessment.blocks import NOTHING, Step
from app.ui.assessment.interview import Interview
from tests.talking import HEAD, ON, SON, facts, told


def test_whom_somebody_outside_is_bound_to_is_asked_only_where_it_decides():
    talk = Interview(facts(), ON)
    talk.go_to(Step.OBLIGORS)
    told(talk, kind="other", pays="0.00", more="no")
    talk.go_to(Step.OBLIGORS)

    def asked():
        return next(one.shown for one in talk.block.fields if one.key == "supports")

    assert not asked()
    talk.ask_for(("household.obligors[0].supports",))
    assert talk.go_to_fact("household.obligors[0].supports") == "supports"
    assert asked()
    talk.answer("supports", f"{HEAD},{SON}")
    assert talk.facts.household.obligors[0].supports == (HEAD, SON)
    assert Interview(talk.facts, ON).facts == talk.facts
    talk.answer("supports", NOTHING)
    assert talk.facts.household.obligors[0].supports == ()


def asked_of_a_child(talk: Interview) -> set[str]:
    """The questions shown about somebody outside."""
    return {one.key for one in talk.block.fields if one.shown}


def with_a_child() -> Interview:
    talk = Interview(facts(), ON)
    talk.go_to(Step.OBLIGORS)
    told(talk, kind="son", pays="0.00", more="no")
    talk.go_to(Step.OBLIGORS)
    return talk


@pytest.mark.parametrize(
    ("fact", "question", "answers", "attribute", "value"),
    [
        ("receives", "receives", {"receives": "dibao"}, "receives", ("dibao",)),
        ("receives", "receives", {"receives": NOTHING}, "receives", ()),
        ("within_property_limits", "over_limits", {"over_limits": "yes"}, None, False),
        ("within_property_limits", "over_limits", {"over_limits": "no"}, None, True),
        ("disability", "disabled", {"disabled": "no"}, "disabled", False),
        ("disability", "disabled", {"disabled": "yes"}, "disability", Disability()),
        (
            "disability.level",
            "disability_level",
            {"disabled": "yes", "disability_kind": "mental", "disability_level": "3"},
            "disability",
            Disability(DisabilityKind.MENTAL, 3),
        ),
    ],
)
def test_what_may_excuse_a_child_is_asked_where_the_answer_leans_on_it(
    fact: str, question: str, answers: dict[str, str], attribute: str | None, value: object
):
    talk = with_a_child()
    path = f"household.obligors[0].{fact}"
    assert question not in asked_of_a_child(talk)

    talk.ask_for((path,))
    for key, answer in answers.items():
        assert key in asked_of_a_child(talk)
        talk.answer(key, answer)

    assert talk.go_to_fact(path) == question
    (child,) = talk.facts.household.obligors
    assert getattr(child, attribute or fact) == value
    talk.ask_for(())
    assert set(answers) <= asked_of_a_child(talk)
    assert Interview(talk.facts, ON).facts == talk.facts


def test_what_a_case_file_told_of_a_child_stays_where_nobody_asks():
    child = Obligor(
        id="o1",
        relation="son",
        disabled=True,
        disability=Disability(DisabilityKind.HEARING, 2),
        receives=("elderly_allowance", "dibao"),
        within_property_limits=False,
    )
    talk = Interview(facts(obligors=(child,)), ON)

    assert talk.facts.household.obligors == (child,)
    talk.go_to(Step.OBLIGORS)
    talk.answer("receives", NOTHING)
    assert talk.facts.household.obligors[0].receives == ()
    talk.answer("receives", "tekun")
    assert talk.facts.household.obligors[0].receives == ("tekun", "elderly_allowance")
    talk.answer("kind", NOTHING)
    assert asked_of_a_child(talk) == {"kind"}


@pytest.mark.parametrize("fact", ["excused_from_work", "back_at_work", "labour_loss", "monitored"])
def test_what_one_rule_only_looks_at_is_asked_where_an_answer_waits_for_it(fact: str):
    talk = Interview(facts(), ON)
    talk.answer("labour", "none")

    def shown():
        return {one.key for one in talk.block.fields if one.shown}

    before = shown()
    talk.ask_for((f"household.members[0].{fact}",))
    (question,) = shown() - before
    talk.answer(question, "yes")

    assert getattr(talk.facts.household.members[0], fact) is True
    talk.answer("labour", "able")
    assert talk.facts.household.members[0].labour_loss is None
