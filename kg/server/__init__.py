"""Serves a graph on the web: pages that people read, JSON for the viewer and for programs, and the SPARQL protocol."""
