"""Controls for a notebook: each shows a decision and saves a decision; the file is the truth."""

from .owners import OwnerReview
from .people import PeopleReview

__all__ = ["OwnerReview", "PeopleReview"]
