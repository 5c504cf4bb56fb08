"""The command line. Commands have no logic of their own: they read arguments, call the library and print."""

from __future__ import annotations

from kg.cli import ask, build, diff, doctor, draw, network, review, serve  # noqa: F401 - importing a module registers its commands
from kg.cli.group import app


def main() -> None:
    """Runs `kg` with the arguments of the process."""
    app.main(prog_name="kg")


__all__ = ["app", "main"]
