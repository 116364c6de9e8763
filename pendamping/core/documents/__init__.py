"""Printed papers: made with Typst, kept, and verifiable by anyone who holds one."""
