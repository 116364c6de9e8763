"""The states and kinds of this app, one file per noun."""
