"""The MkDocs plugin: the Markdown extension for every page, the check, and the scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from . import assets
from .check import CheckFailed, check
from .markdown import LoopscopeExtension
from .snippet import Snippet


class LoopscopeConfig(Config):
    check = config_options.Type(bool, default=True)
    command = config_options.Optional(config_options.Type(str))
    assets = config_options.Optional(config_options.Type(str))


class LoopscopePlugin(BasePlugin[LoopscopeConfig]):
    """Named `loopscope` in `mkdocs.yml`."""

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._snippets: list[Snippet] = []

    def on_config(self, config: MkDocsConfig, **_: Any) -> MkDocsConfig:
        self._snippets.clear()
        config.markdown_extensions.append(LoopscopeExtension(self._snippets.append, lambda: self._page))
        config.extra_javascript.append(f"{assets.FOLDER}/{assets.SCRIPTS[0]}")
        return config

    def on_page_markdown(self, markdown: str, *, page: Any, **_: Any) -> str:
        self._page = page.file.src_uri
        return markdown

    def on_post_build(self, *, config: MkDocsConfig, **_: Any) -> None:
        try:
            assets.copy(self.config.assets, Path(config.site_dir) / assets.FOLDER)
            problems = check(self._snippets, self.config.command) if self.config.check else []
        except (CheckFailed, FileNotFoundError) as error:
            raise PluginError(str(error)) from error
        if problems:
            raise PluginError(f"{len(problems)} unexpected in the snippets\n" + "\n".join(map(str, problems)))
