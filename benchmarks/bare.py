"""A Typer program of one command that imports pydantic and yaml but does not use them."""

from __future__ import annotations

import typer
import yaml
from pydantic import BaseModel

app = typer.Typer()

IMPORTED = (yaml, BaseModel)
"""`import pydantic` loads little by itself; `BaseModel` loads the rest."""


@app.command()
def status() -> None:
    """Print one line."""
    typer.echo("fine")


if __name__ == "__main__":
    app()
