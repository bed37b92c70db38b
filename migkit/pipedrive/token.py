"""The API token: from the environment or the system's keyring, never from a parameter that a notebook would print."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from migkit.model.errors import UsageError

VARIABLE = "PIPEDRIVE_API_TOKEN"
SERVICE = "migkit"


def token_for(url: str, environ: Mapping[str, str] = os.environ, *, name: str = "") -> str:
    """Return the API token for the account at `url`: the secret of that `name`, where one has a name; else `PIPEDRIVE_API_TOKEN`, else the
    keyring's entry for its host.

    Raises UsageError, saying how to set it, where there is none.
    """
    if name:
        return secret_named(name, environ)
    if token := environ.get(VARIABLE, "").strip() or _from_keyring(_host(url)):
        return token
    raise UsageError(
        f"There is no API token for {_host(url)}: set {VARIABLE}, or store it with `keyring set {SERVICE} {_host(url)}` "
        "(Pipedrive shows it under Personal preferences, API)."
    )


def secret_named(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return a secret by its name: the environment's variable, else the keyring's entry. Raises UsageError where there is none."""
    if secret := environ.get(name, "").strip() or _from_keyring(name):
        return secret
    raise UsageError(f"There is no secret {name}: set the environment variable {name}, or store it with `keyring set {SERVICE} {name}`.")


def _host(url: str) -> str:
    return urlsplit(url if "//" in url else f"//{url}").netloc.lower()


def _from_keyring(host: str) -> str:
    import keyring  # asks the system for its back-ends as it is imported: only where the environment has no token
    from keyring.errors import KeyringError

    try:
        return (keyring.get_password(SERVICE, host) or "").strip()
    except KeyringError:
        return ""  # a machine without a keyring, as most servers are
