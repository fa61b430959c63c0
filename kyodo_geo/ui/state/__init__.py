"""View of a session: filters and page options in session and address."""
