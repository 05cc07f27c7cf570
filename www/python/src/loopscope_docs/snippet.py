"""A snippet as its page holds it, and as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

#: What stands above this line is run and not shown.
SETUP_ENDS = "# --- the program ---"

#: Attributes of the element that a snippet may give, and those of them that have no value.
ATTRIBUTES = ("mode", "height", "theme", "lang", "seed", "moment", "panels", "load")
FLAGS = ("live",)


class UnknownOption(ValueError):
    """A snippet has an option that means nothing."""


@dataclass
class Snippet:
    """One program of a page."""

    code: str
    #: The page, and the line of it on which the code begins, for messages.
    page: str
    line: int
    setup: str = ""
    expect: frozenset[str] = frozenset()
    raises: bool = False
    attributes: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str, options: dict[str, str | None], page: str, line: int) -> Snippet:
        """Makes a snippet of its text and options. Raises `UnknownOption`."""
        lines = text.strip("\n").split("\n")
        setup: list[str] = []
        if SETUP_ENDS in lines:
            end = lines.index(SETUP_ENDS)
            setup, lines = lines[:end], lines[end + 1 :]
            line += end + 1
        attributes: dict[str, str | None] = {}
        expect: frozenset[str] = frozenset()
        raises = False
        for name, value in options.items():
            if name == "expect":
                expect = frozenset(word for word in (value or "").replace(",", " ").split())
            elif name == "raises":
                raises = True
            elif name in FLAGS:
                attributes[name] = None
            elif name in ATTRIBUTES and value:
                attributes[name] = value
            else:
                raise UnknownOption(f"loopscope knows no option {name!r}" if value else f"{name!r} needs a value")
        return cls("\n".join(lines) + "\n", page, line, "".join(f"{one}\n" for one in setup), expect, raises, attributes)

    @property
    def seed(self) -> int:
        value = self.attributes.get("seed") or "0"
        return int(value) if value.isdecimal() else 0

    def html(self) -> str:
        """The element over the code, which reads as any other code block does without a script."""
        given = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in self.attributes.items()
        )
        setup = f"<pre data-setup hidden>\n{escape(self.setup)}</pre>" if self.setup else ""
        return f'<loop-scope{given}>{setup}<div class="highlight"><pre>\n{coloured(self.code)}</pre></div></loop-scope>'


def coloured(code: str) -> str:
    """The code with Pygments' colours, where there is Pygments."""
    try:
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import PythonLexer
    except ImportError:
        return escape(code)
    return highlight(code, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
