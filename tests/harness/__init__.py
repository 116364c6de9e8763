"""How the suite runs: environment, strictness, browser."""
