"""Pure rules, one file per noun."""
