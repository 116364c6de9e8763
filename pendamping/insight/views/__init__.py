"""The working pages that look across all steps: my work, records, figures."""
