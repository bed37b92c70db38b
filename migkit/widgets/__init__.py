"""Controls for a notebook: each shows a decision and saves a decision; the file is the truth."""

from .mapping import MappingReview
from .owners import OwnerReview
from .people import PeopleReview

__all__ = ["MappingReview", "OwnerReview", "PeopleReview"]
