"""A person at a terminal -> decisions, and rules in packs."""
