"""Printed documents as PDF, set on this machine by Typst: 地区カルテ, hand-outs of cases."""
