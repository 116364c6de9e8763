"""The pages of places and files."""
