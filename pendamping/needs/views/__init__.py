"""Pages of voices, needs and proposals: one public door, the rest for those who work."""
