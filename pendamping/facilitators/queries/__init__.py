"""What is looked up, one file per noun."""
