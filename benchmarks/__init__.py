"""Measurements of kg, beside other tools where there is one to compare with: `make bench`."""
