"""Many practices: each a workspace, an account, a token and a budget of its own, worked on side by side."""

from .declaration import Fleet, Practice, read_fleet
from .engine import Engine, ThisProcess, Workers, open_engine
from .offers import Offer, offer
from .overview import Overview, in_words, look_at
from .page import NOTEBOOK, lay_out_fleet
from .practice import Task, advance
from .run import run_fleet
from .state import PracticeState, State, read_state, write_state

__all__ = [
    "NOTEBOOK",
    "Engine",
    "Fleet",
    "Offer",
    "Overview",
    "Practice",
    "PracticeState",
    "State",
    "Task",
    "ThisProcess",
    "Workers",
    "advance",
    "in_words",
    "lay_out_fleet",
    "look_at",
    "offer",
    "open_engine",
    "read_fleet",
    "read_state",
    "run_fleet",
    "write_state",
]
