"""What is on somebody's disability certificate: kind and level, and of 多重残疾 each kind on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.people import DisabilityKind
from app.rules.facts import Disability, Member, Obligor
from app.ui.assessment.blocks import YES_NO, Field, Value, of_words, said, text_of, truth_of

_LEVELS: Final = (("1", "一级"), ("2", "二级"), ("3", "三级"), ("4", "四级"))
_PART_LEVELS: Final = (("0", "没有这种"), *_LEVELS)
_PARTS: Final = {
    kind: f"disability_{kind.value}"
    for kind in DisabilityKind
    if kind is not DisabilityKind.MULTIPLE
}
FIRST_PART: Final = next(iter(_PARTS.values()))
"""The question an answer leads to that waits for what is on a certificate of several kinds."""


def certificate_fields(given: Mapping[str, Value]) -> tuple[Field, ...]:
    """The questions; each kind by itself only where the certificate says 多重."""
    disabled = truth_of(given, "disabled") is True
    several = disabled and text_of(given, "disability_kind") == DisabilityKind.MULTIPLE
    return (
        Field(key="disabled", label="有没有残疾证", options=YES_NO),
        Field(
            key="disability_kind", label="哪一类", options=of_words(DisabilityKind), shown=disabled
        ),
        Field(key="disability_level", label="几级", options=_LEVELS, shown=disabled, needed=False),
        *(
            Field(
                key=key,
                label=f"证上{kind.label}几级",
                options=_PART_LEVELS,
                shown=several,
                needed=False,
            )
            for kind, key in _PARTS.items()
        ),
    )


def certificate_known(member: Member | Obligor) -> dict[str, Value]:
    """What is on record of it."""
    disability = member.disability
    found = disability or Disability()
    parts = {kind: str(level) for kind, level in found.parts}
    return {
        "disabled": said(True if disability is not None else member.disabled),
        "disability_kind": found.kind,
        "disability_level": None if found.level is None else str(found.level),
        **{key: parts[kind] for kind, key in _PARTS.items() if kind in parts},
    }


def certificate_told(member: Member | Obligor, given: Mapping[str, Value]) -> Disability | None:
    """What is on the certificate, as far as somebody looked; None where there is none."""
    if not truth_of(given, "disabled"):
        return None
    kind, level = text_of(given, "disability_kind"), text_of(given, "disability_level")
    if not kind and not level:
        return member.disability and Disability()
    parts = ((one, text_of(given, key)) for one, key in _PARTS.items())
    return Disability(
        DisabilityKind(kind) if kind else None,
        int(level) if level else None,
        tuple((one, int(part)) for one, part in parts if part)
        if kind == DisabilityKind.MULTIPLE
        else (),
    )
