"""Counts of very large records by DuckDB or Spark, published as an edition of figures."""
