"""Everything that can happen, one file per noun."""
