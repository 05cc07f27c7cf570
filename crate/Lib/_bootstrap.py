"""Starts the library before a run, and one program in it: the Python side of `src/engine/program.rs`.

`install` runs once, when the engine is built; its effects are part of the copy from which every run starts. `main`
runs one program, as `python main.py` or `python -m module` would.
"""

import sys

import _lanes
import _loopscope
import _sre
from _frozen_importlib import ModuleSpec, _call_with_frames_removed

LIBRARY = "/usr/lib/python3.14/"

# What nearly every asyncio program imports, directly or not: it is imported once, into the copy.
PRELOADED = (
    "asyncio",
    "concurrent.futures.thread",
    "contextlib",
    "contextvars",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "gc",
    "heapq",
    "itertools",
    "linecache",
    "logging",
    "math",
    "operator",
    "os",
    "queue",
    "random",
    "re",
    "threading",
    "time",
    "traceback",
    "tracemalloc",
    "typing",
    "warnings",
    "weakref",
)


class Importer:
    """Finds and loads modules whose sources the host hands out, by a path relative to `root`, and what they compile to."""

    def __init__(self, root, source, code):
        self.root = root
        self.source = source
        self.code = code

    def find_spec(self, name, path=None, target=None):
        base = name.replace(".", "/")
        for file, package in ((base + "/__init__.py", True), (base + ".py", False)):
            if self.source(file) is not None:
                spec = ModuleSpec(name, self, origin=self.root + file, is_package=package)
                spec.has_location = True
                # Given, because working it out would ask for a file system.
                spec.cached = spec.origin
                if package:
                    spec.submodule_search_locations.append(self.root + base)
                return spec
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        # By these calls, and by the file of this function, the interpreter knows which frames are the import's own.
        code = _call_with_frames_removed(self.get_code, module.__name__)
        _call_with_frames_removed(exec, code, module.__dict__)

    def is_package(self, name):
        return self.find_spec(name).submodule_search_locations is not None

    def get_filename(self, name):
        return self.find_spec(name).origin

    def get_source(self, name):
        if name == "__main__":
            return self.source(_main_file)
        spec = self.find_spec(name)
        return None if spec is None else self.source(spec.origin.removeprefix(self.root))

    def get_resource_reader(self, name):
        """Reads the data files beside a module of the workspace, which are in the run's file tree."""
        if self is not _workspace:
            return None
        from importlib.readers import FileReader
        from types import SimpleNamespace

        return FileReader(SimpleNamespace(path=self.find_spec(name).origin))

    def get_code(self, name):
        spec = self.find_spec(name)
        if spec is None:
            raise ImportError(f"no module named {name!r}", name=name)
        return self.code(spec.origin.removeprefix(self.root), spec.origin)


Importer.exec_module.__code__ = Importer.exec_module.__code__.replace(co_filename="<frozen importlib._bootstrap_external>")

_main_file = ""
_library = Importer(LIBRARY, _loopscope.library, _loopscope.library_code)
_workspace = Importer(
    "",
    lambda path: _loopscope.file_text(_beside_main(path)),
    lambda path, origin: _compile(_workspace.source(path), origin),
)


def _beside_main(path):
    folder = _main_file.rpartition("/")[0]
    return f"{folder}/{path}" if folder else path


def install():
    """Makes the platform, the importer, the host modules and the loop what every program finds."""
    sys.platform = "linux"
    sys.maxsize = 2**63 - 1
    # The widths of CPython on 64 bits, on which the work of compiling a pattern would otherwise depend.
    _sre.MAXREPEAT, _sre.MAXGROUPS = 2**32 - 1, 2**30 - 1
    # CPython's own. What nests natively ends earlier, before the stack of a browser's worker does.
    sys.setrecursionlimit(1000)
    sys.executable = "/usr/bin/python3"
    # Programs ask by this name which Python's behaviour to count on.
    sys.implementation.name = "cpython"
    sys.path[:] = ["/workspace", LIBRARY.rstrip("/")]
    sys.builtin_module_names = tuple(sorted({*sys.builtin_module_names, *_HOST_MODULES}))
    sys.meta_path.append(_library)
    # These replace what the interpreter has of its own, which would reach for an operating system.
    for name in ("time", "_thread"):
        sys.modules.pop(name, None)
    finders = sys.meta_path
    sys.meta_path = [_library]
    import time
    import _thread

    sys.meta_path = finders
    sys.modules["_frozen_importlib"]._thread = _thread
    import _errno_names

    _errno_names.install()
    import _files

    _files.install()
    sys.stdin, sys.stdout, sys.stderr = (_files.make_stream(fd) for fd in range(3))
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    for name in PRELOADED:
        __import__(name)
    import copyreg
    import gc
    import _key_derivation
    import _loop
    import _native
    import _packages
    import _reports

    copyreg.pickle(staticmethod, _native.pickled)
    _packages.install(Importer)
    # The loop decides when it runs; a program that asks is told otherwise.
    gc.disable()
    _add_builtins()
    _key_derivation.install()
    _loop.install()
    _reports.install()
    _freeze()


# Those of programs say more of an error.
_compile_plainly = compile


def _add_builtins():
    """What `site` adds for people at a prompt, and programs use; and errors in what they compile, in CPython's words."""
    import _sitebuiltins
    import builtins

    end = "Ctrl-D (i.e. EOF)"
    builtins.quit = _sitebuiltins.Quitter("quit", end)
    builtins.exit = _sitebuiltins.Quitter("exit", end)
    builtins.copyright = _sitebuiltins._Printer("copyright", sys.copyright)
    builtins.credits = _sitebuiltins._Printer("credits", _CREDITS)
    builtins.license = _sitebuiltins._Printer("license", "See https://www.python.org/psf/license/")
    builtins.help = _sitebuiltins._Helper()
    for function in (compile, eval, exec):
        setattr(builtins, function.__name__, _loopscope.reworded(function))


_CREDITS = """\
Thanks to CWI, CNRI, BeOpen, Zope Corporation, the Python Software
    Foundation, and a cast of thousands for supporting Python
    development.  See www.python.org for more information."""


_HOST_MODULES = (
    "_posixsubprocess",
    "_signal",
    "_socket",
    "_thread",
    "errno",
    "fcntl",
    "grp",
    "posix",
    "pwd",
    "select",
    "time",
)


def _freeze():
    """The heap as it is before a run belongs to none: the collector never looks at it."""
    import gc

    gc.collect()
    gc.freeze()


def preload(imports, workspace):
    """Imports packages that the run to come begins with, each by its name and what is wanted from it.

    What cannot be imported, or leads to one of the top-level modules of the workspace, is left to the program.
    """
    elsewhere = _Workspace(workspace)
    sys.meta_path.insert(0, elsewhere)
    try:
        for name, members in imports:
            __import__(name, fromlist=members)
    except Exception:
        pass
    finally:
        sys.meta_path.remove(elsewhere)
    _freeze()


class _Workspace:
    """Stands for the modules of a workspace that is not there yet."""

    def __init__(self, modules):
        self.modules = frozenset(modules)

    def find_spec(self, name, path=None, target=None):
        if name in self.modules:
            raise ImportError(f"{name!r} is part of the program", name=name)
        return None


def prepare(entry):
    """Gives the host the run's files. How long that takes is no part of the run."""
    global _main_file
    _main_file = entry
    _prepare_host()


def main(entry, module, arguments):
    """Runs a program to its end and returns its exit status."""
    sys.meta_path.insert(0, _workspace)
    sys.argv = [entry, *arguments]
    _apply_options()
    run, name = (_run_file, entry) if module is None else (_run_module, module)
    # No name here holds the exception: what it holds goes before the end.
    status = _status_of(_end_of(run, name))
    failure = _end_of(_finish)
    # Then the program has taken away what its end needs.
    return status if failure is None else _tell(failure)


def _end_of(what, *arguments):
    """The exception that leaves a call, which nobody handles any more."""
    try:
        what(*arguments)
    except BaseException as error:
        return error


def _status_of(error):
    if error is None:
        return 0
    return _exit_status(error) if isinstance(error, SystemExit) else _report(error)


def _prepare_host():
    """Gives the host modules the files of this run."""
    import linecache
    import posix

    posix._begin_run()
    for path in _loopscope.files():
        # Tracebacks show these lines without opening a file, which would count as the program's doing.
        linecache.cache[path] = _Lines(path)


class _Lines:
    """An entry of `linecache` for a file of the workspace. A folder may have thousands, of which few are ever shown."""

    def __init__(self, path):
        self.path = path
        self.entry = None

    def __len__(self):
        return 4

    def __getitem__(self, place):
        if self.entry is None:
            text = _loopscope.file_text(self.path)
            self.entry = (len(text), None, text.splitlines(keepends=True), self.path)
        return self.entry[place]

    def __iter__(self):
        return iter(self[:])


def _apply_options():
    import random
    import _loop

    import _signal

    random.seed(_loopscope.seed())
    _loop.apply_options()
    _signal.begin_run(_lanes.signals())


def _main_module():
    module = type(sys)("__main__")
    module.__dict__.update(__builtins__=sys.modules["builtins"], __loader__=_workspace)
    sys.modules["__main__"] = module
    return module


def _run_file(path):
    source = _loopscope.file_text(path)
    if source is None:
        raise FileNotFoundError(2, "No such file or directory", path)
    module = _main_module()
    module.__file__ = path
    exec(_compile(source, path), module.__dict__)


def _compile(source, path):
    """Errors that the compiler finds after parsing get the line they are about, as CPython's have it."""
    try:
        return _compile_plainly(source, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        better = _loopscope.better_syntax_error(source, path)
        if better is not None:
            raise better from None
        lines = source.splitlines()
        if error.text is None and error.lineno is not None and 0 < error.lineno <= len(lines):
            error.text = lines[error.lineno - 1]
        raise


def _run_module(name):
    """`python -m name`: the package's `__main__` if it is one."""
    for candidate in (name + ".__main__", name):
        file = candidate.replace(".", "/") + ".py"
        if _loopscope.file_size(file) is not None:
            for package in _parents(candidate):
                __import__(package)
            module = _main_module()
            module.__package__ = candidate.rpartition(".")[0]
            module.__file__ = sys.argv[0] = file
            exec(_compile(_loopscope.file_text(file), file), module.__dict__)
            return
    import runpy

    runpy.run_module(name, run_name="__main__", alter_sys=True)


def _parents(name):
    parts = name.split(".")[:-1]
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def _exit_status(exit):
    code = exit.code
    if code is None:
        return 0
    if isinstance(code, int):
        # What no `long` of C can hold is as good as -1.
        return code & 0xFF if -(1 << 63) <= code < 1 << 63 else 0xFF
    _write(lambda: print(code, file=sys.stderr))
    return 1


def _write(what):
    """Write to a stream that the program may have put its own in the place of: what fails there is lost, as in CPython."""
    try:
        what()
    except Exception:
        pass


def _report(error):
    """An exception left the program: says so as the interpreter would, without the frames of this file."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_frame.f_code.co_filename == "<loopscope>":
        traceback = traceback.tb_next
    error = error.with_traceback(traceback)
    if isinstance(error, ModuleNotFoundError):
        import _missing

        _missing.explain(error)
    _loopscope.uncaught(error)
    return _tell(error)


def _tell(error):
    """Show an exception as `sys.excepthook` does; return the exit status."""
    hook = getattr(sys, "excepthook", None)
    if hook is None:
        _write(lambda: print("sys.excepthook is missing", file=sys.stderr))
        _show(error)
        return 1
    if hook is sys.__excepthook__:
        _show(error)
        return 1
    try:
        hook(type(error), error, error.__traceback__)
    except SystemExit as exit:
        return _exit_status(exit)
    except BaseException as failure:
        failure.__traceback__ = failure.__traceback__.tb_next
        _write(lambda: print("Error in sys.excepthook:", file=sys.stderr))
        _show(failure)
        _write(lambda: print("\nOriginal exception was:", file=sys.stderr))
        _show(error)
    return 1


def _show(error):
    _write(lambda: sys.__excepthook__(type(error), error, error.__traceback__))


def _finish():
    """What the interpreter does at exit, as far as a program can see it.

    The collector takes what only the modules held while their names still stand; what is left then loses its names.
    """
    import atexit
    import threading
    import weakref
    import _filesystem
    import _loop
    import _scheduler

    threading._shutdown()
    # Daemons go on until these are done.
    atexit._run_exitfuncs()
    _scheduler.leave_all()
    _flush()
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        sys.__dict__.pop(name, None)
    ours = [name for name, module in sys.modules.items() if getattr(module, "__loader__", None) is _workspace]
    modules = [weakref.ref(sys.modules.pop(name)) for name in ours]
    _loop.collect("exit")
    for module in modules:
        if module() is not None:
            _clear(module().__dict__)
    _loop.collect("exit")
    _flush()
    for path, data in _filesystem.tree.written():
        _lanes.file_left(path, data)


def _clear(names):
    """Private names go first, as they do in CPython."""
    for private in (True, False):
        for name in list(names):
            if name != "__builtins__" and (name[:1] == "_" and name[1:2] != "_") is private:
                names[name] = None


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError, OSError):
            # The program closed or replaced it.
            pass
