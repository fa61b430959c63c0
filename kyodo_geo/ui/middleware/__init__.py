"""ASGI middleware around everything: host check, security headers, redirects, 404."""
