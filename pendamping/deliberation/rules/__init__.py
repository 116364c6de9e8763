"""What may happen and why not, one file per noun; pure."""
