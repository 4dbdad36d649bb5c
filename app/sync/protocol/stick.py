"""How the same bytes lie on a USB stick: two folders, names that say what and whose. Pure.

Several devices share one stick; files may be copied twice and carried in any order.
"""

from __future__ import annotations

from typing import Final

TO_COUNTY: Final = "协理-交县里"
FROM_COUNTY: Final = "协理-带回村"
BATCH: Final = ".sab"
REQUEST: Final = ".sar"
ENROLMENT: Final = ".sae"
RECEIPT: Final = ".sap"
PAGE: Final = ".sag"
CERTIFICATE: Final = ".sac"
PART: Final = ".sax"
PART_RECEIPT: Final = ".say"
ORDER: Final = ".sao"
REFUSAL: Final = ".saq"


def batch_name(device_id: str, epoch: int, seq: int) -> str:
    """A batch on its way to the county."""
    return f"{device_id}-{epoch:04d}-{seq:08d}{BATCH}"


def receipt_name(device_id: str, epoch: int, seq: int) -> str:
    """The receipt of that batch."""
    return f"{device_id}-{epoch:04d}-{seq:08d}{RECEIPT}"


def request_name(device_id: str) -> str:
    """From where the device wants the feed."""
    return f"{device_id}{REQUEST}"


def page_name(device_id: str, number: int) -> str:
    """A page of the feed; numbers only keep the folder tidy."""
    return f"{device_id}-{number:06d}{PAGE}"


def enrolment_name(device_id: str) -> str:
    """A request for a certificate."""
    return f"{device_id}{ENROLMENT}"


def certificate_name(device_id: str) -> str:
    """The answer to it."""
    return f"{device_id}{CERTIFICATE}"


def part_name(device_id: str, attachment: str, part: int) -> str:
    """A part of an attachment on its way to the county."""
    return f"{device_id}-{attachment}-{part:04d}{PART}"


def part_receipt_name(device_id: str, attachment: str) -> str:
    """How much of that attachment the county holds."""
    return f"{device_id}-{attachment}{PART_RECEIPT}"


def order_name(device_id: str) -> str:
    """The order that a revoked device erases itself."""
    return f"{device_id}{ORDER}"


def refusal_name(device_id: str) -> str:
    """Why the county gives a device no pages: its signed no to the request on the stick."""
    return f"{device_id}{REFUSAL}"


def batch_refusal_name(device_id: str, epoch: int, seq: int) -> str:
    """Why the county took nothing of that batch: its signed no to these very bytes."""
    return f"{device_id}-{epoch:04d}-{seq:08d}{REFUSAL}"
