"""Who this laptop is to the county: the device row before, during and after enrolment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select, update

from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import DeviceRow

_DEVICE = table_of(DeviceRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyAddress:
    """A county whose fingerprint was compared: its keys, its authority, its address."""

    county: str
    root: bytes
    seal_key: bytes
    ca_pem: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopKeys:
    """The device's identity and its keys; the private halves stay out of any repr."""

    device_id: str
    is_practice: bool
    sign_private: bytes = field(repr=False)
    sign_public: bytes
    seal_private: bytes = field(repr=False)
    seal_public: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A laptop and the county it belongs to."""

    laptop: LaptopKeys
    county: CountyAddress
    certificate: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the certificate says about the laptop."""

    certificate: str
    device_no: str
    officer_id: str
    officer_name: str
    village_code: str
    village_name: str


def read_keys(connection: Connection) -> LaptopKeys:
    """The device's keys."""
    row = connection.execute(select(_DEVICE)).one()
    return LaptopKeys(
        device_id=row.device_id,
        is_practice=row.is_practice,
        sign_private=row.sign_private,
        sign_public=row.sign_public,
        seal_private=row.seal_private,
        seal_public=row.seal_public,
    )


def read_county(connection: Connection) -> CountyAddress:
    """The county this laptop belongs to or is about to. Raises Refused S-01 when there is none."""
    row = connection.execute(select(_DEVICE)).one()
    if row.county_root is None:
        raise not_enrolled()
    return CountyAddress(
        county=row.county_id,
        root=row.county_root,
        seal_key=row.county_seal_key,
        ca_pem=row.county_ca_pem,
        url=row.county_url,
    )


def read_enrolled(connection: Connection) -> Enrolled:
    """Laptop and county together. Raises Refused S-01 before enrolment is finished."""
    row = connection.execute(select(_DEVICE)).one()
    if row.certificate is None:
        raise not_enrolled()
    return Enrolled(
        laptop=read_keys(connection),
        county=read_county(connection),
        certificate=row.certificate,
        epoch=row.epoch,
    )


def is_enrolled(connection: Connection) -> bool:
    """Whether the county has given this laptop a certificate."""
    return certificate_of(connection) is not None


def certificate_of(connection: Connection) -> str | None:
    """The certificate as the county signed it; None before enrolment."""
    certificate: str | None = connection.execute(select(_DEVICE.c.certificate)).scalar_one()
    return certificate


def keep_county(connection: Connection, county: CountyAddress) -> None:
    """Remember the county whose fingerprint was just compared."""
    connection.execute(
        update(_DEVICE).values(
            county_id=county.county,
            county_root=county.root,
            county_seal_key=county.seal_key,
            county_ca_pem=county.ca_pem,
            county_url=county.url,
        )
    )


def keep_standing(connection: Connection, standing: Standing, at: datetime) -> None:
    """Become what the certificate says."""
    connection.execute(
        update(_DEVICE).values(
            certificate=standing.certificate,
            device_no=standing.device_no,
            officer_id=standing.officer_id,
            officer_name=standing.officer_name,
            village_code=standing.village_code,
            village_name=standing.village_name,
            enrolled_at=at,
        )
    )


def renew(connection: Connection, standing: Standing) -> None:
    """Take a renewed certificate; whose village is whose comes with the feed, not with it."""
    connection.execute(update(_DEVICE).values(certificate=standing.certificate))


def not_enrolled() -> Refused:
    """The laptop does not belong to a county yet."""
    return Refused("这台电脑还没有和县平台绑定。", do="请先用县里给的绑定文件绑定。", code="S-01")
