"""Long runs of what the tests do shortly: `make soak` prints what was tried and how it ended."""
