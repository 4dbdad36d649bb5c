"""Guangdong cases that several test modules judge."""

from __future__ import annotations

from datetime import date

from app.rules import Assessment
from tests.cases import HEAD, ON, Json, assessed, case_of, region

PLAN = date(2020, 6, 15)

OPINION = date(2022, 4, 30)

STANDARD = {"dibao_standard_month": "1000.00", "minimum_wage": "1720"}

OLD = HEAD | {"birth": "1950-01-01", "labour": "none", "labour_loss": False}


def answer(case: Json, on: date = ON) -> Assessment:
    return assessed(case, region("guangdong"), on)


def household(*members: Json, **parts: object) -> Json:
    return case_of(*(members or [OLD]), **({"parameters": STANDARD} | parts))
