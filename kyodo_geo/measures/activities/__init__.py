"""Single activities and their neighbours: lists, case studies, reviews, continuations."""
