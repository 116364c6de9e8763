"""The image door: every photo, from whatever source, enters and leaves through here."""
