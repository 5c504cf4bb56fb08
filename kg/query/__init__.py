"""Asks the graph: saved and typed queries, help with mistakes, names as people write them, result formats, proofs."""
