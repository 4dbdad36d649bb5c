"""What may excuse somebody bound to support, asked only where it decides or was taken as usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from app.domain.households import Category
from app.rules.facts import Disability, Obligor
from app.ui.assessment.ask_certificate import (
    certificate_fields,
    certificate_known,
    certificate_told,
)
from app.ui.assessment.blocks import (
    NO,
    NOTHING,
    YES,
    Field,
    Kind,
    Value,
    picks_of,
    picks_said,
    said,
    text_of,
    truth_of,
)

_BENEFITS: Final = (
    (NOTHING, "都没有"),
    (Category.DIBAO.value, "低保"),
    (Category.TEKUN.value, "特困"),
)
"""What excuses by itself (特困人员认定办法 第八条)."""
_CODES: Final = frozenset(code for code, _text in _BENEFITS[1:])
_CERTIFICATE: Final = "disabled"
_RECEIVES: Final = "receives"
_OVER: Final = "over_limits"


def excuse_fields(given: Mapping[str, Value], wanted: frozenset[str]) -> tuple[Field, ...]:
    """The questions; `wanted` names the facts of this one that an answer leans on."""
    certified = any(one.startswith("disability") for one in wanted) or _has(given, _CERTIFICATE)
    return (
        *(
            replace(one, shown=one.shown and certified, needed=False)
            for one in certificate_fields(given)
        ),
        Field(
            key=_RECEIVES,
            label="他自己在享受什么",
            kind=Kind.SEVERAL,
            options=_BENEFITS,
            shown=_RECEIVES in wanted or _has(given, _RECEIVES),
            needed=False,
        ),
        Field(
            key=_OVER,
            label="他的财产超没超限制",
            options=((NO, "没超"), (YES, "超了")),
            hint="存款、车、房这些，照低保的限制比",
            shown="within_property_limits" in wanted or _has(given, _OVER),
            needed=False,
        ),
    )


def excuse_known(obligor: Obligor) -> dict[str, Value]:
    """What the last test was told."""
    within = obligor.within_property_limits
    return {
        **certificate_known(obligor),
        _RECEIVES: picks_said(_listed(obligor)),
        _OVER: said(None if within is None else not within),
    }


def with_excuse(obligor: Obligor, given: Mapping[str, Value]) -> Obligor:
    """The obligor with what was said; a benefit the questions have no room for stays."""
    disabled, over = truth_of(given, _CERTIFICATE), truth_of(given, _OVER)
    disability = certificate_told(obligor, given)
    receives = picks_of(given, _RECEIVES)
    if receives is not None and receives != _listed(obligor):
        others = tuple(code for code in obligor.receives or () if code not in _CODES)
        obligor = replace(obligor, receives=(*receives, *others) if receives else ())
    return replace(
        obligor,
        disabled=disabled,
        # a certificate nobody has looked at is not none
        disability=(disability or Disability()) if disabled else None,
        within_property_limits=None if over is None else not over,
    )


def _listed(obligor: Obligor) -> tuple[str, ...] | None:
    """Those of the benefits told that can be switched on here."""
    if obligor.receives is None:
        return None
    listed = tuple(code for code, _text in _BENEFITS[1:] if code in obligor.receives)
    return listed if listed or not obligor.receives else None


def _has(given: Mapping[str, Value], key: str) -> bool:
    return bool(text_of(given, key))
