"""Who visits: identity of the session, sign-in, what a visitor may open."""
