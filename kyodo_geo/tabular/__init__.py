"""Tables in files of offices: file types, sheets, header rows, limits, findings."""
