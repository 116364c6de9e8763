"""The demo's facilitators: one whole round, from the selection to the evaluation."""
