"""The full round of selection and service of the demo city, one part a file."""
