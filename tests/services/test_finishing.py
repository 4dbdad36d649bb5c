"""A deed and the end of its form are one transaction (ADR 0010)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.services.complaints import Complaints
from app.services.work import finishing
from tests.filing import Filing, refused
from tests.storefile import household_of
from tests.visiting import asked

KEY = "form:1"


def test_the_form_goes_with_the_deed_and_other_forms_stay(work):
    work.drafts.keep(KEY, {"a": 1})
    work.drafts.keep("form:2", {"a": 2})
    filing = Filing(work)

    steps = replace(work.signatures, begin=finishing(work.begin, KEY))
    filing.work.signatures = steps
    filing.sign()

    assert work.drafts.keys() == ["form:2"]


def test_a_deed_that_is_refused_leaves_the_form(work):
    work.drafts.keep(KEY, {"a": 1})
    complaints = Complaints(finishing(work.begin, KEY), work.clock)

    refused(complaints.answer, "nobody", work.clock.today(), "好")

    assert work.drafts.keys() == [KEY]


def test_a_deed_that_never_came_to_be_leaves_the_form(work, monkeypatch):
    home = household_of("覃兰英", id_number=None)
    work.households.add_all([home])
    work.drafts.keep(KEY, {"a": 1})
    visits = replace(work.visits, begin=finishing(work.begin, KEY))

    class Torn(Exception):
        pass

    def torn(*_):
        raise Torn

    with work.begin() as unit:
        unit_type = type(unit)
    monkeypatch.setattr(unit_type, "identity", property(torn))
    with pytest.raises(Torn):
        visits.record(asked(home))
    monkeypatch.undo()

    assert work.drafts.keys() == [KEY]
    visits.record(asked(home))
    assert work.drafts.keys() == []
