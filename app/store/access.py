"""Who may open a vault: changing the passphrase, the recovery code and the county's slot."""

from __future__ import annotations

from app.crypto.kdf import DEFAULT, KdfCost
from app.crypto.passphrase import require_strong
from app.crypto.recovery_code import RecoveryCode
from app.crypto.slots import CountySlot, PassSlot, RecoverySlot, WrongKey
from app.store.creation import COUNTY_SLOT, PASS_SLOT, RECOVERY_SLOT
from app.store.unlocking import key_by_passphrase, wrong_passphrase
from app.store.vault import OpenVault


def change_passphrase(vault: OpenVault, current: str, new: str, *, kdf: KdfCost = DEFAULT) -> None:
    """Replace the passphrase. Raises Refused V-01 (`current` is wrong), V-07 (`new` is weak).

    A copy of the vault made before still opens with the old one (docs/threat-model.md).
    """
    require_passphrase(vault, current)
    vault.put_in_force(seal_passphrase(vault, new, kdf))


def start_afresh(vault: OpenVault, new: str, *, kdf: KdfCost = DEFAULT) -> RecoveryCode:
    """New passphrase and new recovery code, together, for whoever came in by the recovery sheet.

    Raises Refused V-07; then both old ones still hold.
    """
    passphrase = seal_passphrase(vault, new, kdf)
    code, slot = draw_recovery(vault)
    vault.put_in_force(passphrase, slot)
    return code


def renew_recovery_code(vault: OpenVault) -> RecoveryCode:
    """A new recovery code; the sheet printed before stops working."""
    code, slot = draw_recovery(vault)
    vault.put_in_force(slot)
    return code


def add_county_slot(vault: OpenVault, kid: str, public_key: bytes) -> None:
    """Let the county's recovery key (raw X25519) open the vault, released by two officers there.

    Raises ValueError for bytes that are no key.
    """
    key, binding = vault.data_key(), vault.header.binding
    slot = CountySlot.seal(key, public_key, binding, slot_id=COUNTY_SLOT, kid=kid)
    vault.put_in_force(slot)


def require_passphrase(vault: OpenVault, passphrase: str) -> None:
    """Return only when whoever sits there knows the passphrase. Raises Refused V-01."""
    try:
        key_by_passphrase(vault.header, passphrase)
    except WrongKey as error:
        raise wrong_passphrase(0) from error


def seal_passphrase(vault: OpenVault, passphrase: str, kdf: KdfCost) -> PassSlot:
    """What will open the vault by `passphrase`, once in force. Any thread. Raises Refused V-07."""
    owner = vault.header.owner
    require_strong(passphrase, known=(owner.name, owner.village))
    binding = vault.header.binding
    return PassSlot.seal(vault.data_key(), passphrase, binding, slot_id=PASS_SLOT, cost=kdf)


def draw_recovery(vault: OpenVault) -> tuple[RecoveryCode, RecoverySlot]:
    """A fresh recovery code and what will make it open, once in force. Any thread."""
    code = RecoveryCode.fresh()
    binding = vault.header.binding
    return code, RecoverySlot.seal(vault.data_key(), code, binding, slot_id=RECOVERY_SLOT)
