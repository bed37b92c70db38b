"""The opened workspace: everything that can be derived from its files, its gates, and the way to its target."""

from .gates import BEFORE_LOAD, BEFORE_SAMPLE, require
from .migration import Delta, LaterReading, Migration
from .target import with_target

__all__ = ["BEFORE_LOAD", "BEFORE_SAMPLE", "Delta", "LaterReading", "Migration", "require", "with_target"]
