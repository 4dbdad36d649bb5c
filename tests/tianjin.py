"""Tianjin cases that several test modules judge."""

from __future__ import annotations

from datetime import date

from app.rules import Assessment
from tests.cases import FIRST_JOB, HEAD, ON, Json, assessed, case_of, region

S4 = "津民发〔2020〕19号"

EPIDEMIC = date(2020, 6, 15)


def answer(case: Json, on: date = ON) -> Assessment:
    return assessed(case, region("tianjin"), on)


def household(*members: Json, **parts: object) -> Json:
    """A household with no typed-in standard: the pack's own."""
    return case_of(*members, parameters={}, **parts)


WORKER = HEAD | FIRST_JOB
