"""A view's filters: read from and written to texts, turned into SQL conditions."""
