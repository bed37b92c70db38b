"""Controls for a notebook: each shows a decision and saves a decision; the file is the truth."""

from .approval import ApprovalBox
from .choices import Choice, ChoiceBox
from .cleaning import CleaningReview
from .form import Asked, Done, FormBox
from .handover import HandoverBox
from .mapping import MappingReview
from .mend_state import MendRow, MendState
from .mending import MendTable
from .merging import MergeBox
from .one_thread import take_clicks_in_order
from .owners import OwnerReview
from .people import PeopleReview
from .records import CheckList, RecordBrowser
from .renewed import Remade, Renewed, Unmasked
from .start import StartBox
from .views import ViewBox

take_clicks_in_order()

__all__ = [
    "ApprovalBox",
    "Asked",
    "CheckList",
    "Choice",
    "ChoiceBox",
    "CleaningReview",
    "Done",
    "FormBox",
    "HandoverBox",
    "MappingReview",
    "MendRow",
    "MendState",
    "MendTable",
    "MergeBox",
    "OwnerReview",
    "PeopleReview",
    "RecordBrowser",
    "Remade",
    "Renewed",
    "StartBox",
    "Unmasked",
    "ViewBox",
]
