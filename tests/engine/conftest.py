"""`texts.py` under a name that the tests of this folder import: they are no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location("engine_texts", Path(__file__).with_name("texts.py"))
assert _SPEC is not None and _SPEC.loader is not None
sys.modules["engine_texts"] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(sys.modules["engine_texts"])
