"""One cell's text parsed to a value: dates, numbers, coordinates, terms, free text."""
