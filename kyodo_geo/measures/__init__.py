"""Figures, computed from an edition under filters: per place, per activity, per district."""
