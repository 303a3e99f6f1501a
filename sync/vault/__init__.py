"""The vault: the 32-byte data key of a tablet, and every honest way to get at it.

    PIN (argon2id) ─┐
    escrow (central) ├─ wrapped in keys.json ──→ data key ──→ WorkStore
    system keyring ──┘                              │
                                                    └─→ kernel session while somebody is signed in

``wrapping`` is the cryptography, ``keyfile`` the file, ``vault`` the two together, ``keyring_store`` the
system's keyring, ``session`` the kernel's memory, ``opening`` the order in which a command line tries them.
The data key itself never touches a disk.
"""

from sync.vault.vault import Vault

__all__ = ["Vault"]
