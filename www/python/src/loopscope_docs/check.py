"""Runs snippets through `loopscope check`, and says what was not expected of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .snippet import Snippet


class CheckFailed(RuntimeError):
    """The check itself could not be made."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a snippet, and where in its page."""

    page: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.message}"


def command(given: str | None) -> str:
    """The command to run: the one given, the environment's, or the one in `PATH`. Raises `CheckFailed`."""
    name = given or os.environ.get("LOOPSCOPE") or "loopscope"
    found = shutil.which(name)
    if found is None:
        raise CheckFailed(f"there is no command {name!r}: install loopscope, or name it in LOOPSCOPE")
    return found


def check(snippets: Iterable[Snippet], given: str | None = None) -> list[Problem]:
    """Every problem of the snippets, in their order. Raises `CheckFailed`."""
    programs = list(snippets)
    if not programs:
        return []
    with tempfile.TemporaryDirectory(prefix="loopscope-") as folder:
        paths = [_write(Path(folder) / str(number), snippet) for number, snippet in enumerate(programs)]
        done = subprocess.run(
            [command(given), "check", "--format", "json", *map(str, paths)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        # 1 says that there are findings; whether they were expected is decided here.
        if done.returncode not in (0, 1):
            raise CheckFailed(f"loopscope check ended with status {done.returncode}: {done.stderr.strip()}")
        reports = {report["file"]: report for report in json.loads(done.stdout)["files"]}
        return [
            problem
            for path, snippet in zip(paths, programs, strict=True)
            for problem in _problems(snippet, reports[path.as_posix()])
        ]


def _write(folder: Path, snippet: Snippet) -> Path:
    """Each program has a folder of its own: in a common one they could import each other."""
    folder.mkdir()
    path = folder / "main.py"
    path.write_text(f"# loopscope: seed={snippet.seed}\n{snippet.setup}{snippet.code}", encoding="utf-8")
    return path


def _problems(snippet: Snippet, report: dict) -> Iterable[Problem]:
    before = 1 + snippet.setup.count("\n")
    found = set()
    for finding in report["diagnostics"]:
        found.add(finding["rule"])
        if finding["rule"] not in snippet.expect:
            line = snippet.line + max(0, finding["span"]["line"] - before - 1)
            yield Problem(snippet.page, line, f"{finding['rule']}: {finding['message']}")
    for rule in sorted(snippet.expect - found):
        yield Problem(snippet.page, snippet.line, f"{rule} was expected and not found")
    outcome = report["outcome"]
    if outcome["kind"] == "raised" and not snippet.raises:
        yield Problem(snippet.page, snippet.line, _raised(outcome, report["stderr"]))
    elif outcome["kind"] in ("internal", "limit"):
        yield Problem(snippet.page, snippet.line, f"the program did not end: {outcome}")


def _raised(outcome: dict, stderr: str) -> str:
    last = stderr.strip().rsplit("\n", 1)[-1]
    return f"the program raised an exception: {last or outcome.get('status')}"
