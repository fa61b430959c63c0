"""HTTP responses beside the pages: map data, images, exports, PDF, and their routes."""
