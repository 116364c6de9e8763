"""A believable city to look at, and real lists carried through the whole journey. Nothing else may import this."""
