"""Reads across all steps: what waits for whom, and the figures."""
