"""The import kit: spreadsheets in, row by row with sentences people can act on; safe spreadsheets out."""
