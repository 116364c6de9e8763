"""Measurements: one file per question, each answered by numbers of the real program (see README.md)."""
