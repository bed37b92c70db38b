"""migkit: move a dental practice from Core Practice to Pipedrive, proven row by row, and undoable."""

__version__ = "0.1.0"
