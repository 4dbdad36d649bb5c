"""Whom somebody outside the household is bound to support: asked where the answer waits for it."""

from __future__ import annotations

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
