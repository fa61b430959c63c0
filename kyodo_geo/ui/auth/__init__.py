"""Identity of the session, sign-in, and what a visitor may open."""
