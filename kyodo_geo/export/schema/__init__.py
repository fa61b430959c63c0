"""What each exported file holds: columns, code lists, tables, formats."""
