"""Django's SQLite engine, with writers that stand in line."""
