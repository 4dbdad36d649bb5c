"""Deeds of an application that several test modules take."""

from __future__ import annotations

from datetime import timedelta

from app.domain.procedure import MaterialCode, MaterialState
from app.services.application_materials import SettleMaterial
from tests.cases import layered, value_toml
from tests.published import publish

DAY = timedelta(days=1)


def under(work, **values):
    """The county's own pack, with these values (as TOML) over the national ones."""
    publish(work, layered("\n".join(value_toml(name, body) for name, body in values.items())))


def settle(filing, name, **said):
    request = {
        "application": filing.id, "code": MaterialCode.ASKED, "person": None, "name": name,
        "state": MaterialState.RECEIVED, "day": filing.today,
    }  # fmt: skip
    filing.work.materials.settle(SettleMaterial(**(request | said)))
