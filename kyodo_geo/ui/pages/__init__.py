"""What each page shows; the scripts in the top-level pages/ hand it to the shell."""
