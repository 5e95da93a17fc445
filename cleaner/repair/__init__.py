"""text -> text, Edit*: what scraping broke and can be mended without guessing; see `run` and `table`."""

from cleaner.repair.run import repair, repair_end, repair_start
from cleaner.repair.table import REPAIRS, Repair

__all__ = ["REPAIRS", "Repair", "repair", "repair_end", "repair_start"]
