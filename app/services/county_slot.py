"""The vault's key for the county's recovery key, once the county has told of one (security R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.vault import OpenVault


def seal_to_county(begin: Begin, vault: OpenVault) -> None:
    """Give the vault a slot for the county's recovery key, unless it has that one.

    On the store thread. Raises Unavailable D-01…D-03; the next sync does it then.
    """
    from app.crypto.slots import CountySlot
    from app.store.access import add_county_slot
    from app.store.link_notes import RECOVERY_KEY, recall

    with begin() as work:
        told = recall(work.connection, RECOVERY_KEY)
    if told is None:
        return
    kid, public = told[0]["kid"], bytes.fromhex(told[0]["public"])
    slots = vault.header.slots
    if not any(isinstance(slot, CountySlot) and slot.kid == kid for slot in slots):
        add_county_slot(vault, kid, public)
