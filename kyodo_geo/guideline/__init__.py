"""The guideline explained: its texts, which form suits, and what the record shows of it."""
