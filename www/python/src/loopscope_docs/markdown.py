"""The Python-Markdown extension: fences that begin with `python loopscope`."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from .snippet import Snippet

FENCE = re.compile(
    r"^(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*(?:python|py)[ ]+loopscope(?P<options>[^\n`]*)\n"
    r"(?P<code>.*?)^(?P=indent)(?P=fence)[ ]*$",
    re.MULTILINE | re.DOTALL,
)


def options_of(words: str) -> dict[str, str | None]:
    """`expect=blocking-call live` as names and values."""
    pairs = (word.partition("=") for word in shlex.split(words))
    return {name: value if equals else None for name, equals, value in pairs}


class LoopscopePreprocessor(Preprocessor):
    """Takes the fences out before any other extension sees them."""

    def __init__(self, md: Markdown, found: Callable[[Snippet], None], page: Callable[[], str]) -> None:
        super().__init__(md)
        self._found = found
        self._page = page

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)

        def replace(match: re.Match[str]) -> str:
            line = text.count("\n", 0, match.start("code")) + 1
            code = textwrap.dedent(match["code"])
            snippet = Snippet.read(code, options_of(match["options"]), self._page(), line)
            self._found(snippet)
            return f"{match['indent']}{self.md.htmlStash.store(snippet.html())}\n"

        return FENCE.sub(replace, text).split("\n")


class LoopscopeExtension(Extension):
    """Hands each snippet to `found`, which may check them all when it has them."""

    def __init__(
        self,
        found: Callable[[Snippet], None] = lambda _: None,
        page: Callable[[], str] = lambda: "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._found = found
        self._page = page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        # Within a paragraph, the element would be torn apart by the `<pre>` in it.
        md.block_level_elements.append("loop-scope")
        md.preprocessors.register(LoopscopePreprocessor(md, self._found, self._page), "loopscope", 30)


def makeExtension(**kwargs: Any) -> LoopscopeExtension:  # noqa: N802 - the name is Python-Markdown's
    return LoopscopeExtension(**kwargs)
