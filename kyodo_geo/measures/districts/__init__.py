"""One district as a whole: profile, narrative sentences, districts similar to it."""
