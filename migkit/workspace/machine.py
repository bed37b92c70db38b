"""How much of the machine's memory may be taken: what `migration.toml` says, else half of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_GROUP = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says how much a container may take; `max` where it may take all."""
_UNITS = {"MB": 10**6, "GB": 10**9}
_UNKNOWN = 4 * 10**9
"""Bytes that a machine is taken to have where the system does not say."""


def size_of(text: str) -> int:
    """Return the bytes of a size in the shape that the settings have it in: `8 GB`, `500 MB`."""
    return int(float(text[:-2]) * _UNITS[text[-2:]])


def half_of_machine() -> int:
    """Return half of the memory that this machine, or the container that this process runs in, has: bytes."""
    most = _UNKNOWN
    with suppress(ValueError, OSError, AttributeError):  # AttributeError: a system without sysconf
        most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(ValueError, OSError):  # ValueError: `max`
        most = min(most, int(_GROUP.read_text(encoding="ascii")))
    return most // 2
