"""What is asked only where an answer waits for it: whom an obligor is bound to, what of work."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("fact", ["excused_from_work", "back_at_work", "labour_loss"])
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
