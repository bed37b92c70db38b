"""Workbooks and web pages → sheets of text, read in a process of their own: what others' readers do there brings nothing down.

Light to import (the reading process imports it): the readers themselves are imported only there.
"""

from .pool import ForeignReader
from .sheet import Annotations, ForeignSheet

__all__ = ["Annotations", "ForeignReader", "ForeignSheet"]
