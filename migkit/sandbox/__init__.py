"""A Pipedrive to practise on: a local server that behaves as the API's specification says, and refuses what it refuses."""

from .app import create_app
from .config import SandboxConfig
from .process import Sandbox, Served, serve
from .switches import SWITCHES

__all__ = ["SWITCHES", "Sandbox", "SandboxConfig", "Served", "create_app", "serve"]
