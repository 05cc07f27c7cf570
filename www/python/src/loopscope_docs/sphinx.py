"""The Sphinx extension: the directive `loopscope`, and code blocks that become what it makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import assets
from .check import CheckFailed, check
from .snippet import ATTRIBUTES, FLAGS, Snippet

logger = logging.getLogger(__name__)


class loopscope(nodes.General, nodes.Element):  # noqa: N801 - docutils names nodes so
    """A snippet in a document."""


class LoopscopeDirective(SphinxDirective):
    """`.. loopscope::`, with the program as its content."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        **dict.fromkeys(ATTRIBUTES, directives.unchanged_required),
        **dict.fromkeys((*FLAGS, "raises"), directives.flag),
        "expect": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        page = self.env.docname
        snippet = Snippet.read("\n".join(self.content), dict(self.options), page, self.content_offset + 1)
        return [_node(self.env, snippet)]


def _node(env: BuildEnvironment, snippet: Snippet) -> loopscope:
    _snippets(env).setdefault(env.docname, []).append(snippet)
    return loopscope("", snippet=snippet)


def _snippets(env: BuildEnvironment) -> dict[str, list[Snippet]]:
    if not hasattr(env, "loopscope_snippets"):
        env.loopscope_snippets = {}  # type: ignore[attr-defined]
    return env.loopscope_snippets  # type: ignore[attr-defined]


def upgrade(app: Sphinx, document: nodes.document) -> None:
    """Makes snippets of the code blocks that the configuration chooses."""
    which = app.config.loopscope_upgrade
    if which == "none":
        return
    for block in list(document.findall(nodes.literal_block)):
        text = block.astext()
        marked = "loopscope" in block.get("classes", [])
        runnable = block.get("language") in ("python", "python3", "default") and "asyncio.run(" in text
        if marked or (which == "runnable" and runnable):
            snippet = Snippet.read(text, {}, app.env.docname, block.line or 1)
            block.replace_self(_node(app.env, snippet))


class PlainSnippets(SphinxPostTransform):
    """Where nothing can run, in a book or a manual page, a snippet is a code block."""

    default_priority = 100

    def run(self, **_: Any) -> None:
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(loopscope)):
            code = node["snippet"].code
            node.replace_self(nodes.literal_block(code, code, language="python"))


def visit_html(translator: Any, node: loopscope) -> None:
    translator.body.append(node["snippet"].html() + "\n")
    raise nodes.SkipNode


def forget(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _snippets(env).pop(docname, None)


def merge(_: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    _snippets(env).update({name: found for name, found in _snippets(other).items() if name in docnames})


def check_all(app: Sphinx, env: BuildEnvironment) -> None:
    """Checks the snippets of all pages, also of those that have not changed: the command may have."""
    if not app.config.loopscope_check:
        return
    snippets = [one for _, found in sorted(_snippets(env).items()) for one in found]
    try:
        problems = check(snippets, app.config.loopscope_command)
    except CheckFailed as error:
        raise ExtensionError(str(error)) from error
    for problem in problems:
        logger.error(problem.message, location=(problem.page, problem.line))
    if problems:
        raise ExtensionError(f"loopscope: {len(problems)} unexpected in the snippets\n" + "\n".join(map(str, problems)))


def add_script(app: Sphinx, _page: str, _template: str, _context: dict[str, Any], document: nodes.document | None) -> None:
    if document is not None and next(iter(document.findall(loopscope)), None) is not None:
        app.add_js_file(f"{assets.FOLDER}/{assets.SCRIPTS[0]}")


def copy_assets(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html" and any(_snippets(app.env).values()):
        assets.copy(app.config.loopscope_assets, Path(app.outdir) / "_static" / assets.FOLDER)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("loopscope_upgrade", "none", "env", frozenset({str}))
    app.add_config_value("loopscope_check", True, "", frozenset({bool}))
    app.add_config_value("loopscope_command", None, "", frozenset({str, type(None)}))
    app.add_config_value("loopscope_assets", None, "", frozenset({str, type(None)}))
    app.add_node(loopscope, html=(visit_html, None))
    app.add_directive("loopscope", LoopscopeDirective)
    app.add_post_transform(PlainSnippets)
    app.connect("doctree-read", upgrade)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", check_all)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_assets)
    return {"version": "0.1.0", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
