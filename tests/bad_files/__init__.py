"""Files as offices have them, each with one thing wrong, and what is to be found in them."""
