"""What can be wrong with the store.

    StoreFault (a greenroom.errors.GreenroomError)
    ├── SealBroken               sealed data was moved, altered, or sealed for something else
    │   └── UnknownKey           it was sealed with a key that is not on the ring
    ├── SchemaFault              the database, or a row of it, is not of this version or not Greenroom's
    └── StoreUnavailable         the database cannot be opened, is locked, full or gone
    NoKeys, BadKeys (greenroom.errors.ConfigurationFault)
                                 the sealing keys are missing, or not keys

None of them carries a key, sealed bytes, what was sealed, or a value of a row.
"""

from __future__ import annotations

from greenroom.errors import ConfigurationFault, GreenroomError

KEYS = "GREENROOM_KEYS"


class StoreFault(GreenroomError):
    """Root of all faults of the store."""

    code = "store.fault"


class SealBroken(StoreFault):
    """Sealed data does not open: it was moved to another row, altered, or never was a seal of ours."""

    code = "store.seal_broken"

    def __init__(self, where: str, *, what: str = "", next: str = "") -> None:
        super().__init__(
            what or "what is sealed here was moved, altered or damaged",
            where=where,
            next=next or "Restore the row from a backup, or connect to Zoom anew",
        )


class UnknownKey(SealBroken):
    """Sealed data names a key that is not on the ring; ``key_id`` says which."""

    code = "store.unknown_key"

    def __init__(self, where: str, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(
            where,
            what=f"this was sealed with key {key_id!r}, which is not on the ring",
            next=f"Put that key back into {KEYS}, behind the first",
        )


class SchemaFault(StoreFault):
    """The database is of a newer version, or not Greenroom's; or a row does not fit this version."""

    code = "store.schema"


class StoreUnavailable(StoreFault):
    """The database cannot be opened, stayed locked, or lost its place to write."""

    code = "store.unavailable"


class NoKeys(ConfigurationFault):
    """No sealing key is configured: nothing secret could be kept, so nothing starts."""

    code = "store.no_keys"

    def __init__(self) -> None:
        super().__init__(
            "there is no key to seal tokens with", where=KEYS, next="Make one with `greenroom keys` and set it"
        )


class BadKeys(ConfigurationFault):
    """The text of the sealing keys cannot be used; ``position`` counts its entries from 1."""

    code = "store.bad_keys"

    def __init__(self, what: str, *, position: int) -> None:
        super().__init__(
            f"entry {position} {what}", where=KEYS, next="Make one with `greenroom keys`: id:key, separated by commas"
        )
