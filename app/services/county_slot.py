"""The vault's key for the county's recovery key, once the county has told of one (security R12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.vault import OpenVault


def seal_to_county(begin: Begin, vault: OpenVault) -> None:
    """Give the vault a slot for the county's recovery key, unless it has that one.

    The county is told first whose vault it is: who asks for its key one day cannot sign for it.
    On the store thread. Raises Unavailable D-01…D-03; the next sync does it then.
    """
    from app.crypto.slots import CountySlot
    from app.store.access import add_county_slot
    from app.store.link_notes import RECOVERY_KEY, recall
    from app.sync.protocol.recovery import VAULT_TOLD

    with begin() as work:
        told = recall(work.connection, RECOVERY_KEY)
    if told is None:
        return
    kid, public = told[0]["kid"], bytes.fromhex(told[0]["public"])
    slots = vault.header.slots
    if any(isinstance(slot, CountySlot) and slot.kid == kid for slot in slots):
        return
    with begin() as work:
        facts = {"vault": vault.vault_id, "key": kid}
        work.note(kind=VAULT_TOLD, subject=vault.device_id, facts=facts)
        work.commit()
    add_county_slot(vault, kid, public)
