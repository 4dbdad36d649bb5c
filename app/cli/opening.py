"""Opening a vault for one verb and closing it again, whatever happens."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.cli.vault import add_passphrase_options, add_vault_place, read_passphrase, vault_of
from app.domain.clock import Clock
from app.services.vaults import Vaults

if TYPE_CHECKING:
    from app.services.desk import Desk


def add_vault_options(parser: argparse.ArgumentParser, *, place: bool = True) -> None:
    """The vault, by `--vault DIR` or as the last word, and the ways to give its passphrase.

    `place` False where the last word is looked for by the verb itself.
    """
    add_vault_place(parser, place=place)
    add_passphrase_options(parser)


@contextmanager
def opened_desk(args: argparse.Namespace, clock: Clock) -> Iterator[Desk]:
    """The use cases of the vault named on the command line. Raises Refused or Unavailable."""
    from app.services.desk import open_desk
    from app.services.policies import Policies

    vaults = Vaults(clock)
    vault = vaults.open(vault_of(args), read_passphrase(args))
    try:
        yield open_desk(vault, clock, Policies())
    finally:
        vault.close()
