"""Controls for a notebook: each shows a decision and saves a decision; the file is the truth."""

from .cleaning import CleaningReview
from .mapping import MappingReview
from .owners import OwnerReview
from .people import PeopleReview

__all__ = ["CleaningReview", "MappingReview", "OwnerReview", "PeopleReview"]
