"""Paths -> cleaned files, a ledger and a Report: folders and streams of documents, over several processes."""
