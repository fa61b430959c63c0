"""Files into records: read, checked and refused with a place and a reason."""
