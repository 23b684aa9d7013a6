"""``rio super-resolve``: the command for those who live in rasterio's command line."""

from __future__ import annotations

import click

from rs_sr.doors.cli import main

ALL = {"ignore_unknown_options": True, "help_option_names": []}


@click.command("super-resolve", context_settings=ALL, short_help="Make rasters 2, 3 or 4 times finer (rs-sr).")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """As ``rs-sr super-resolve``, with all its options."""
    main(["super-resolve", *words])
