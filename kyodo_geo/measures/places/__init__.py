"""Figures per place (district, region, 全市, total): counts, shares, indicators, time series."""
