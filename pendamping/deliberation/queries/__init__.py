"""Reads that matter in this app, one file per noun."""
