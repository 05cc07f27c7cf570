"""Imports beyond the standard library and the workspace: packages that the host hands out, and what `sys.path` leads to.

A package comes from the host whole, as its wheel has it, and lies under `ROOT` as far as a program can see. Nothing but
its Python and its description is there.
"""

import sys

import _loopscope

ROOT = "/usr/lib/python3/site-packages/"


def install(importer):
    """Add the host's packages and the paths of `sys.path` to what is searched, in that order."""
    import _frozen_importlib
    import _frozen_importlib_external as external

    # What the interpreter does at its start where there is an operating system.
    _frozen_importlib._bootstrap_external = external
    sys.dont_write_bytecode = True
    sys.meta_path.append(_with_metadata(importer)(ROOT, _loopscope.package, _loopscope.package_code))
    sys.path.append(ROOT.rstrip("/"))
    external._install(_frozen_importlib)


def _with_metadata(importer):
    class Packages(importer):
        """Finds modules of the host's packages, their versions and their data files."""

        def find_distributions(self, context=None):
            # All that could be had is not what is installed: only a package asked for by name is there.
            name = getattr(context, "name", None)
            if name is None:
                return
            folder = f"dist-info/{_normalised(name)}/"
            if self.source(folder + "METADATA") is not None:
                yield _distribution(folder, self.source)

        def get_resource_reader(self, name):
            return _resources(self.find_spec(name).parent.replace(".", "/"), self.source)

    return Packages


def _normalised(name):
    import re

    return re.sub(r"[-_.]+", "-", name).lower()


def _distribution(folder, source):
    from importlib.metadata import Distribution

    class Installed(Distribution):
        """The description that came with a package."""

        def read_text(self, filename):
            return source(folder + filename)

        def locate_file(self, path):
            import pathlib

            return pathlib.PurePosixPath(ROOT) / path

    return Installed()


def _resources(folder, source):
    import io
    from importlib.resources.abc import Traversable, TraversableResources

    class Resource(Traversable):
        """A path in a package: a file if the package has one of that name."""

        def __init__(self, path):
            self._path = path

        @property
        def name(self):
            return self._path.rpartition("/")[2]

        def iterdir(self):
            return iter(())

        def is_dir(self):
            return not self.is_file()

        def is_file(self):
            return source(self._path) is not None

        def joinpath(self, *parts):
            return Resource("/".join([self._path, *map(str, parts)]))

        __truediv__ = joinpath

        def read_text(self, encoding=None):
            text = source(self._path)
            if text is None:
                raise FileNotFoundError(2, "No such file or directory", ROOT + self._path)
            return text

        def read_bytes(self):
            return self.read_text().encode()

        def open(self, mode="r", *args, **settings):
            return io.BytesIO(self.read_bytes()) if "b" in mode else io.StringIO(self.read_text())

    class Resources(TraversableResources):
        """The data files of a package."""

        def files(self):
            return Resource(folder)

    return Resources()
