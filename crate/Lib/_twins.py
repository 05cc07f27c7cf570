"""Makes generators of functions, so that a simulated thread can give way in the middle of them.

In the code of such a generator (see `_twin_codes`) every call is `yield from go(callable)(arguments)`. `go` (see `_lanes`)
finds the generator form of what is called in its turn. The form has the name, the lines, the globals and the closure of
the function it is made of, so tracebacks look as they should.

What stays as it is: functions that call nothing but harmless built-ins, coroutines, comprehensions, and modules of the
standard library that do not wait. A wait beneath one of those runs the others from within. A generator stays as well, but a
`for` in a thread iterates over its form, unless the generator has something to clean up or hands on to another.
"""

import sys
import weakref
from functools import partial
from io import BufferedReader
from types import CellType, FunctionType, GeneratorType

import _lanes
import _loopscope
import _scheduler

LIBRARY = "/usr/lib/python3.14/"
_PACKAGES = "/usr/lib/python3/site-packages/"

# The modules of the standard library whose functions wait, or run functions of the program in a thread's name.
_WAITING_MODULES = {
    "asyncio/base_events.py", "asyncio/runners.py", "asyncio/tasks.py", "asyncio/threads.py", "asyncio/unix_events.py",
    "concurrent/futures/_base.py", "concurrent/futures/interpreter.py", "concurrent/futures/process.py",
    "concurrent/futures/thread.py", "contextlib.py", "_descriptors.py", "http/client.py", "http/server.py",
    "json/__init__.py", "logging/handlers.py", "_loop.py", "_multiprocessing.py", "multiprocessing/connection.py",
    "multiprocessing/managers.py", "multiprocessing/pool.py", "multiprocessing/popen_fork.py", "multiprocessing/process.py",
    "multiprocessing/queues.py", "multiprocessing/sharedctypes.py", "multiprocessing/synchronize.py",
    "multiprocessing/util.py", "posix.py", "_queue.py", "queue.py", "sched.py", "select.py", "selectors.py", "shutil.py",
    "_socket.py", "socket.py", "_sockets.py", "socketserver.py", "_ssl.py", "ssl.py", "_thread.py", "threading.py",
    "time.py", "urllib/request.py", "urllib/response.py", "wsgiref/handlers.py", "wsgiref/simple_server.py",
}

# CO_GENERATOR, and CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR
GENERATOR, _COROUTINE = 0x20, 0x80 | 0x100 | 0x200

class _Wait:
    """What an iteration gives when it has to wait before it can give its next item."""


class _Item:
    """What the form of a generator gives to who iterates over it, as opposed to where it waits."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


GO, EXIT, INFO, STEPS, WAIT, AHEAD = "<go>", "<exit>", "<exc_info>", "<steps>", "<wait>", "<is_ahead>"
ITEM = "<item>"

_codes = {}
# The forms of generators that threads have made, with their arguments.
_generators = weakref.WeakKeyDictionary()
_is_installed = False
# The module that compiles forms, once one has been needed. Nobody else holds it.
_compiling = None


def install():
    """Give the scheduler's waits their forms. Before the first thread starts there is nobody to give way to."""
    global _is_installed
    if not _is_installed:
        _is_installed = True
        _lanes.install(_form_of, _look_into)
        _lanes.share_with(_scheduler.share)
        _lanes.set_form(_scheduler.wait, _scheduler.wait_in_turn)
        _lanes.set_form(_scheduler.poll, _scheduler.poll_in_turn)


def _look_into(function):
    """The form of a callable that is no Python function: a partial one, a class, a method of the interpreter's own."""
    if isinstance(function, type):
        if type(function).__call__ is not type.__call__ or function.__new__ is not object.__new__:
            return None
        return partial(_make, function)
    if isinstance(function, partial):
        return lambda *args, **kwargs: _lanes.go(function.func)(*function.args, *args, **{**function.keywords, **kwargs})
    owner = getattr(function, "__self__", None)
    if isinstance(owner, BufferedReader):
        return _buffered_form(owner, getattr(function, "__name__", ""))
    if type(owner).__name__ == "Context" and getattr(function, "__name__", "") == "run":
        return partial(_run_in, owner)
    return None


def _make(kind, /, *args, **kwargs):
    """The form of a call of a class."""
    made = kind.__new__(kind)
    yield from _lanes.go(kind.__init__)(made, *args, **kwargs)
    return made


def _run_in(context, function, /, *args, **kwargs):
    """The form of `context.run(...)`: the context is entered for each stretch, as others run in between."""
    generator = iter(_lanes.go(function)(*args, **kwargs))
    while True:
        try:
            context.run(next, generator)
        except StopIteration as end:
            return end.value
        yield


# --- files over sockets: the interpreter's own code reads them, which cannot give way


def _socket_of(file):
    """The socket that a buffered file reads from, if it waits for one."""
    raw = getattr(file, "raw", None)
    found = getattr(raw, "_sock", None)
    return found if found is not None and found.fileno() >= 0 and found.gettimeout() != 0 else None


def _buffered_form(file, name):
    """The form of a method that reads: what is there is taken without waiting, and the rest is waited for."""
    if name not in ("readline", "read", "read1", "peek") or _socket_of(file) is None:
        return None
    return partial(_read, file, name)


def _read(file, name, size=-1, /):
    parts = []
    length = 0
    while length != size:
        ready = yield from _peek(file)
        end = len(ready) if size < 0 else min(len(ready), size - length)
        if name == "readline" and b"\n" in ready:
            end = min(end, ready.index(b"\n") + 1)
        if name == "peek":
            return ready
        parts.append(file.read(end) if end else b"")
        length += end
        if not end or name == "read1" or (name == "readline" and parts[-1][-1:] == b"\n"):
            break
    return b"".join(parts)


def _peek(file):
    """Return what the file holds, and let others run until it holds something or has come to its end."""
    while True:
        found = _socket_of(file)
        if found is None:
            return file.peek()
        timeout = found.gettimeout()
        found.settimeout(0)
        try:
            ready = file.peek()
        except TypeError:
            # The raw layer has nothing, which the interpreter's buffer does not understand.
            ready = b""
        except OSError as error:
            if type(error).__name__ != "SSLWantReadError":
                raise
            ready = b""
        finally:
            found.settimeout(timeout)
        source = found._end
        if ready or (source.is_readable() and not source.received):
            return ready
        patience = None if timeout is None else int(timeout * 1_000_000_000)
        if not (yield from _scheduler.wait_in_turn("socket.recv", source.is_readable, patience)):
            raise TimeoutError("timed out")


def _lines(file):
    """The lines of a file over a socket, and `_Wait` wherever the next one has to be waited for."""
    while True:
        reading = _read(file, "readline")
        while True:
            try:
                next(reading)
            except StopIteration as end:
                line = end.value
                break
            yield _Wait
        if not line:
            return
        yield line


def _steps(iterable):
    """What a `for` in a thread's generator iterates over."""
    if isinstance(iterable, BufferedReader) and _socket_of(iterable) is not None:
        return _lines(iterable)
    if type(iterable) is GeneratorType and iterable in _generators:
        form, args, kwargs = _generators.pop(iterable)
        if iterable.gi_frame is not None and not iterable.gi_suspended:
            return _items(form(*args, **kwargs))
    return iterable


def _items(generator):
    """What a generator gives, and `_Wait` wherever it has to wait before."""
    for item in generator:
        yield item.value if type(item) is _Item else _Wait


def _exit_of(manager):
    return type(manager).__exit__.__get__(manager)


TOOLS = {
    GO: _lanes.go, EXIT: _exit_of, INFO: sys.exc_info, STEPS: _steps, WAIT: _Wait, AHEAD: _lanes.is_ahead, ITEM: _Item,
}


# --- forms ----------------------------------------------------------------------------------------------------------


def _form_of(function):
    """The generator form of a function, or None if it is called as it is."""
    code = function.__code__
    if code not in _codes:
        _codes[code] = _code_of(code, function.__globals__)
    form = _codes[code]
    if form is None:
        return None
    cells = dict(zip(code.co_freevars, function.__closure__ or ()))
    for name, tool in TOOLS.items():
        cells[name] = CellType(tool)
    closure = tuple(cells[name] for name in form.co_freevars)
    made = FunctionType(form, function.__globals__, function.__name__, function.__defaults__, closure)
    made.__kwdefaults__ = function.__kwdefaults__
    made.__qualname__ = function.__qualname__
    return partial(_make_generator, function, made) if code.co_flags & GENERATOR else made


def _code_of(code, names):
    """The code of a function's form, or None. What the host hands out never changes, so it keeps the code for other runs."""
    path = code.co_filename
    is_of_library = path.startswith(LIBRARY)
    if code.co_flags & _COROUTINE or (is_of_library and path.removeprefix(LIBRARY) not in _WAITING_MODULES):
        return None
    # Several lambdas may stand on one line.
    if code.co_name == "<lambda>" or not (is_of_library or path.startswith(_PACKAGES)):
        return _transform(code, names)
    name = f"{path}:{code.co_firstlineno}:{code.co_qualname}"
    form = _loopscope.kept_form(name)
    if form is None:
        form = _transform(code, names) or False
        _loopscope.keep_form(name, form)
    return form or None


def _transform(code, names):
    """Compile the code of a form. What this takes is not to be seen: a run that finds the code kept goes without."""
    global _compiling
    if _compiling is None:
        import _twin_codes as _compiling

        del sys.modules["_twin_codes"]
    return _compiling.transform(code, names)


def _make_generator(function, form, /, *args, **kwargs):
    """The form of a call of a generator function: it makes the generator, whose own form is at hand for a `for`."""
    generator = function(*args, **kwargs)
    _generators[generator] = form, args, kwargs
    return generator
    yield
