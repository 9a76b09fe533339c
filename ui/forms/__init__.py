"""Forms: editors bound to a record, saved as typed."""
