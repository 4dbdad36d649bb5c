"""Walks of the model that once went wrong, step by step; what chance may not find again."""

from __future__ import annotations

import pytest

from tests.sync_model import SyncModel
from tests.sync_model_homes import OnPostgres

ALL = ("sync", {"who": 0, "ways": []}), ("sync", {"who": 1, "ways": []})
FIRST, SECOND = ALL
KEEP, BACK = ("county_is_backed_up", {}), ("county_is_put_back", {"sure": 0})
GRANT = ("county_grants", {"who": 0})
GIVE = ("village_changes_hands", {"which": 0, "giver": 0})
RETURN = ("village_changes_hands", {"which": 0, "giver": 1})
WALKS = {
    "a grant between a backup put back and the first word": (*ALL, KEEP, GRANT, FIRST, BACK, GRANT),
    "the giver has erased what the county lost": (
        *ALL, KEEP, ("add_household", {"who": 0}), ("visit", {"who": 0, "which": 0}), FIRST, GIVE,
        *ALL, SECOND, BACK,
    ),
    "a stick from before the hand-over": (
        ("add_household", {"who": 0}), FIRST, GIVE, *ALL, RETURN, ("onto_the_stick", {"who": 0}),
        ("stick_at_the_county", {"takes": True, "makes": True}), ("stick_is_copied", {}), *ALL,
        GIVE, FIRST, ("an_old_stick_is_found", {"which": 0}), ("off_the_stick", {"who": 0}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS.keys())
def test_both_sides_end_the_same(walk):
    go(SyncModel(), walk)


def test_and_so_they_do_where_the_county_is_a_postgresql(postgres_server):
    model = type("Walk", (SyncModel,), {"county_home": OnPostgres(postgres_server)})

    go(model(), next(iter(WALKS.values())))


def go(model, walk):
    """Every step, and what must be so after it."""
    for step, facts in walk:
        getattr(model, step)(**facts)
    model.teardown()
