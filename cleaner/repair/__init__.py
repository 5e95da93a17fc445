"""text -> text, Edit*: what scraping broke and can be mended without guessing; see `run` and `table`."""

from cleaner.repair.line_ends import needs_ending
from cleaner.repair.run import needs_repair, repair, repair_end, repair_start
from cleaner.repair.table import REPAIRS, Repair

__all__ = [
    "REPAIRS",
    "Repair",
    "needs_ending",
    "needs_repair",
    "repair",
    "repair_end",
    "repair_start",
]
