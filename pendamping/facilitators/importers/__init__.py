"""Kinds of import, one file per noun."""
