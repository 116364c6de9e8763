"""Working pages of planning, one file per noun."""
