"""The scripts that a page with snippets needs: those of the npm package."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

#: The first is for every page with a snippet; it loads the others when a reader asks for them.
SCRIPTS = ("loopscope.js", "loopscope-playground.js", "loopscope-engine.js", "loopscope-packages.js")
FOLDER = "loopscope"


def locate(given: str | None) -> Path:
    """The folder that the scripts are in. Raises `FileNotFoundError`."""
    folder = Path(given or os.environ.get("LOOPSCOPE_ASSETS") or Path(__file__).parent / "assets")
    missing = [name for name in SCRIPTS if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{folder} has no {', '.join(missing)}: name the folder of the npm package's scripts")
    return folder


def copy(given: str | None, target: Path) -> None:
    """Copies the scripts into a built site."""
    source = locate(given)
    target.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        shutil.copyfile(source / name, target / name)
