"""Async Python snippets in documentation: shown by `<loop-scope>`, checked by `loopscope check`."""
