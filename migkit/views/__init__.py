"""Source tables that are made of others by one SELECT: decided, traced row by row, replayed on later exports."""

from . import shapes
from .apply import View, make_view, parse_views, with_views
from .preview import Preview, preview
from .sql import parse_select

__all__ = ["Preview", "View", "make_view", "parse_select", "parse_views", "preview", "shapes", "with_views"]
