"""Word lists and the two kinds of chance that the generator uses.

A *stream* is an ordinary random generator named after what it is for, so that adding a table never shifts another one.
A *draw* depends on the thing itself and nothing else: the same row gets the same flaw in the second export.
"""

from __future__ import annotations

import hashlib
import random
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

UNDIVIDED = str.maketrans("øØłŁđĐı", "oOlLdDi")
"""Letters that Unicode does not take apart into a base and an accent."""


@cache
def words(name: str) -> dict[str, Any]:
    """Return the word list `data/<name>.yaml`."""
    return yaml.safe_load((Path(__file__).parent / "data" / f"{name}.yaml").read_text(encoding="utf-8"))


def stream(seed: int, purpose: str) -> random.Random:
    """Return a random generator that belongs to one purpose."""
    return random.Random(f"{seed}/{purpose}")


def draw(seed: int, purpose: str, thing: str) -> float:
    """Return a number in [0, 1) fixed by seed, purpose and thing."""
    digest = hashlib.blake2b(f"{seed}/{purpose}/{thing}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def plain(text: str) -> str:
    """Return `text` in lower-case ASCII letters and digits, as an e-mail address spells it."""
    folded = unicodedata.normalize("NFKD", text.translate(UNDIVIDED)).encode("ascii", "ignore").decode()
    return "".join(letter for letter in folded.lower() if letter.isalnum())
