"""All tests: no deadline for a single example, since the machine may be busy with something else."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
