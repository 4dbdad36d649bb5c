"""Guards of 渐退 that only what came from elsewhere can run into."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.problem import Refused
from app.services.grace_guards import require_months_over
from tests.standing_papers import grace


def test_a_grace_whose_months_nobody_told_is_not_over():
    told = grace()
    silent = replace(told, shares=())

    with pytest.raises(Refused) as caught:
        require_months_over(silent, told.ends_on + timedelta(days=1))

    assert caught.value.code == "G-08"


def test_one_whose_months_are_over_is():
    told = grace()

    require_months_over(told, told.ends_on + timedelta(days=1))
