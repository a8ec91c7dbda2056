"""What `cbfa status` is measured against: a Typer program of one command that imports pydantic and yaml, and does nothing with them."""

from __future__ import annotations

import typer
import yaml
from pydantic import BaseModel

app = typer.Typer()

IMPORTED = (yaml, BaseModel)
"""`import pydantic` alone loads next to nothing; a program that uses it has `BaseModel`."""


@app.command()
def status() -> None:
    """Print one line."""
    typer.echo("fine")


if __name__ == "__main__":
    app()
