"""Adapters: the cleaner inside other tools."""
