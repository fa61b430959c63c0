"""Corrections proposed by councils (提案): submitted, examined by officials, decided."""
