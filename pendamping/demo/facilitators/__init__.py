"""One full round of the facilitators' working life in the demo city, told part by part."""
