"""Reads the ontology folder into Python objects: vocabulary, schema, styles, gazetteer."""
