"""Run the suites of `expectations/` and fold their results into findings."""

from migkit.quality.result import Check, QualityReport, quality_digest, unaccepted
from migkit.quality.suites import validate

__all__ = ["Check", "QualityReport", "quality_digest", "unaccepted", "validate"]
