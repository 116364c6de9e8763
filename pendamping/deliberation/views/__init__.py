"""Working pages of meetings and what people decide at them, one file per noun."""
