"""Keeps the graph: quads of the graph contract, the embedded store on disk, its export and its validation."""
