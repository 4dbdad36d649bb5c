"""What the OpenAPI document says of bodies, headers and answers: enough to write a client from.

The bytes themselves are docs/protocol.md's; here stands how they travel.
"""

from __future__ import annotations

from typing import Any, Final

from county_server.declined import HTTP_STATUS

BYTES: Final = "application/octet-stream"
BUSY: Final = 503
_SLOW_DOWN: Final = 429

_REFUSAL: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A document signed by the county's root (context sa/refusal/v1)",
    "required": ["body", "signature"],
    "additionalProperties": False,
    "properties": {
        "signature": {"type": "string", "description": "Ed25519, base64"},
        "body": {
            "type": "object",
            "required": ["v", "county", "about", "code", "what", "do", "server_time"],
            "additionalProperties": False,
            "properties": {
                "v": {"type": "integer", "const": 1},
                "county": {"type": "string", "pattern": "^[0-9]{6}$"},
                "about": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "code": {"type": "string", "pattern": "^[A-Z]-[0-9]{2}$"},
                "what": {"type": "string", "maxLength": 500},
                "do": {"type": "string", "maxLength": 500},
                "server_time": {"type": "string", "format": "date-time"},
                "need_epoch": {"type": ["integer", "null"], "minimum": 0},
                "need_seq": {"type": ["integer", "null"], "minimum": 1},
                "retry_after": {"type": ["integer", "null"], "minimum": 0},
            },
        },
    },
}


def _refused(status: int) -> dict[str, Any]:
    """One refused answer, with the codes it comes with."""
    codes = sorted(code for code, each in HTTP_STATUS.items() if each == status)
    said: dict[str, Any] = {
        "description": " ".join(["Refused, signed:", *(codes or ["K-…"])]),
        "content": {"application/json": {"schema": _REFUSAL}},
    }
    if status == _SLOW_DOWN:
        seconds = {"type": "integer", "minimum": 1}
        said["headers"] = {"Retry-After": {"description": "Seconds", "schema": seconds}}
    return said


ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Sealed to the device and signed by the county",
        "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
    },
    **{status: _refused(status) for status in sorted({*HTTP_STATUS.values(), BUSY})},
}

SENDS_BYTES: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
    }
}

SIGNS: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": "Authorization",
            "in": "header",
            "required": True,
            "description": "Xieli and the base64 of a signed request, good once",
            "schema": {"type": "string", "pattern": "^Xieli [A-Za-z0-9+/]+={0,2}$"},
        }
    ]
}
