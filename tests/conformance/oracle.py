"""Runs programs on CPython's own asyncio, on a clock that only moves when the loop waits.

Each program sees a fresh `__main__`, loop policy, set of task names, warning filters and logging state. What it
prints is captured until it ends; a wait that nothing can end stops the capture, so that the clean-up CPython would
do after an interrupt is not mistaken for the program's own output.
"""

import asyncio
import asyncio.runners
import contextvars
import gc
import io
import itertools
import json
import linecache
import logging
import os
import re
import sys
import time
import traceback
import types
import warnings
import weakref
import zipfile


class Deadlock(BaseException):
    """The loop waits, and nothing can arrive."""


class Clock:
    """Virtual seconds. Every reading costs a little, as on a real machine, so that no two readings are equal."""

    def __init__(self):
        self.now = 0
        self.tick = 1_000

    def read(self):
        self.now += self.tick
        return self.now

    def advance(self, seconds):
        self.now += max(0, round(seconds * 1e9))


CLOCK = Clock()
EPOCH = 1_767_225_600


def _install_clock():
    time.monotonic = time.perf_counter = lambda: CLOCK.read() / 1e9
    time.monotonic_ns = time.perf_counter_ns = CLOCK.read
    time.time = lambda: EPOCH + CLOCK.read() / 1e9
    time.time_ns = lambda: EPOCH * 1_000_000_000 + CLOCK.read()
    time.sleep = CLOCK.advance


class CreationOrder:
    """A set of weak references that is iterated in order of creation, or, to find out whether that matters, backwards.

    Where asyncio keeps tasks or generators in a set, their order is that of their addresses: neither promised nor
    the same twice.
    """

    def __init__(self):
        self.items = {}

    def add(self, item):
        # The address may have belonged to one that is gone, and had a place of its own.
        self.items.pop(id(item), None)
        self.items[id(item)] = weakref.ref(item)

    def discard(self, item):
        self.items.pop(id(item), None)

    def clear(self):
        self.items.clear()

    def __contains__(self, item):
        return id(item) in self.items and self.items[id(item)]() is item

    def __iter__(self):
        alive = [item for item in (reference() for reference in self.items.values()) if item is not None]
        return reversed(alive) if CAPTURE.backwards else iter(alive)

    def __len__(self):
        return sum(reference() is not None for reference in self.items.values())


class GroupOrder(dict):
    """The same for the tasks of a group, which are kept alive by it."""

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)

    def __iter__(self):
        return super().__reversed__() if CAPTURE.backwards else super().__iter__()


class TaskGroup(asyncio.TaskGroup):
    def __init__(self):
        super().__init__()
        self._tasks = GroupOrder()


def _all_tasks(loop):
    alive = _library_all_tasks(loop)
    return [task for task in loop.created if task in alive]


_library_all_tasks = asyncio.tasks.all_tasks


class Selector:
    """Stands where a selector waits for sockets: here, only time can pass."""

    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None or timeout > 0:
            gc.collect()
            if self.loop._ready:
                return ()
            if timeout is None:
                CAPTURE.close()
                raise Deadlock
            CLOCK.advance(timeout)
        return ()


class Loop(asyncio.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Selector(self)
        # Timers that lie no further apart than this are due together, since `epoll` waits for whole milliseconds.
        self._clock_resolution = CAPTURE.resolution
        self._asyncgens = CreationOrder()
        self.created = CreationOrder()

    def create_task(self, coro, **kwargs):
        # The interpreter's own counter of task names is shared by all programs and cannot be set back.
        if kwargs.get("name") is None:
            kwargs["name"] = f"Task-{next(CAPTURE.names)}"
        task = super().create_task(coro, **kwargs)
        self.created.add(task)
        if task._source_traceback:
            del task._source_traceback[-1]
        return task

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = Loop


class ClassicPolicy(Policy):
    """`get_event_loop()` makes a loop in the main thread, as Python up to 3.11 did."""

    def get_event_loop(self):
        if self._local._loop is None and not self._local._set_called:
            self.set_event_loop(self.new_event_loop())
        return super().get_event_loop()

    def set_event_loop(self, loop):
        self._local._set_called = True
        super().set_event_loop(loop)

    class _Local:
        _loop = None
        _set_called = False

    def __init__(self):
        self._local = self._Local()


class Stream(io.TextIOBase):
    def __init__(self, capture, name):
        self.capture, self.name = capture, name

    def write(self, text):
        if self.capture.open:
            self.capture.parts.append((self.name, text))
        return len(text)

    def writable(self):
        return True


class Capture:
    def __init__(self, options):
        self.backwards = options.get("backwards", False)
        self.resolution = options.get("resolution", 1e-3)
        self.open = True
        self.parts = []
        self.names = itertools.count(1)

    def close(self):
        self.open = False

    def text(self, name):
        return "".join(text for stream, text in self.parts if stream == name)


CAPTURE = Capture({})


def _fresh_state(options):
    asyncio.run = asyncio.runners.run
    asyncio.events._set_running_loop(None)
    policy = ClassicPolicy() if options.get("classicPolicy") else Policy()
    asyncio.events._event_loop_policy = policy
    asyncio.coroutines._is_debug_mode = lambda: bool(options.get("debug"))
    sys.set_coroutine_origin_tracking_depth(0)
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    logger = logging.getLogger("asyncio")
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    warnings.resetwarnings()
    for category in (ResourceWarning, ImportWarning, PendingDeprecationWarning, DeprecationWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def _execute(source, options):
    """Runs the program, and says how it ended."""
    module = types.ModuleType("__main__")
    module.__dict__["__file__"] = "main.py"
    sys.modules["__main__"] = module
    with open("main.py", "w") as file:
        file.write(source)
    linecache.cache["main.py"] = (len(source), None, source.splitlines(keepends=True), "main.py")
    outcome = "completed"
    try:
        code = compile(source, "main.py", "exec")
        contextvars.Context().run(exec, code, module.__dict__)
    except Deadlock:
        outcome = "deadlocked"
    except SystemExit as exit:
        if exit.code not in (None, 0):
            outcome = "raised"
            if not isinstance(exit.code, int):
                print(exit.code, file=sys.stderr)
    except BaseException as error:
        outcome = "raised"
        if not CAPTURE.open:
            # Clean-up after the wait that nothing ends may raise anything in its turn.
            outcome = "deadlocked"
        # The frames of this file are not the program's.
        trace = error.__traceback__
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        traceback.print_exception(type(error), error, trace)
        # It lives, with all that its frames hold, until the interpreter goes.
        sys.last_exc = error
    return outcome


def _finish():
    """What leaving the interpreter does to what the program left behind. The policy and its loop are never undone."""
    sys.modules.pop("__main__", None)
    sys.last_exc = None
    gc.collect()
    gc.collect()


# By then no frame is left that a warning could name, and `linecache` and `tracemalloc` are gone.
_AT_EXIT = re.compile(
    rf"^{re.escape(__file__)}:\d+: (RuntimeWarning: .*\n)(?:  .*\n)?(?:RuntimeWarning: Enable tracemalloc.*\n)?",
    re.MULTILINE,
)


# In debug mode asyncio shows where things were made, down to the bottom of the stack.
_OWN_FRAME = re.compile(rf'^  File "{re.escape(__file__)}", line \d+, in .*\n(?:    .*\n)?', re.MULTILINE)


def run(source, options):
    global CAPTURE
    # What the last program's policy kept goes while nobody listens.
    asyncio.events._event_loop_policy = None
    gc.collect()
    CAPTURE = Capture(options)
    _fresh_state(options)
    CLOCK.now, CLOCK.tick = 0, options.get("tick", 1_000)
    keep = sys.stdout, sys.stderr, sys.modules.get("__main__"), sys.argv
    sys.stdout, sys.stderr = Stream(CAPTURE, "stdout"), Stream(CAPTURE, "stderr")
    sys.argv = ["main.py"]
    try:
        outcome = _execute(source, options)
        told = len(CAPTURE.parts)
        _finish()
    finally:
        sys.stdout, sys.stderr, sys.modules["__main__"], sys.argv = keep
    CAPTURE.close()
    errors = _AT_EXIT.sub(r"sys:1: \1", CAPTURE.text("stderr"))
    errors = _OWN_FRAME.sub("", errors)
    leaving = "".join(text for _, text in CAPTURE.parts[told:])
    return {"stdout": CAPTURE.text("stdout"), "stderr": errors, "outcome": outcome, "leaving": leaving}


def run_json(text):
    request = json.loads(text)
    return json.dumps(run(request["source"], request["options"]))


def _unpack_sources():
    """Tracebacks that the interpreter itself prints show source lines from files only, by the last part of their name."""
    folder = "/sources"
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    with zipfile.ZipFile(next(path for path in sys.path if path.endswith(".zip"))) as archive:
        for name in archive.namelist():
            if name.startswith("asyncio/") and name.endswith(".py") and "__" not in name:
                with open(os.path.basename(name), "wb") as file:
                    file.write(archive.read(name))
    sys.path.append(folder)


_unpack_sources()
_install_clock()
asyncio.tasks.all_tasks = _all_tasks
# Names are seen in messages.
TaskGroup.__qualname__ = TaskGroup.__name__ = "TaskGroup"
Loop.__qualname__ = Loop.__name__ = "_UnixSelectorEventLoop"
asyncio.TaskGroup = TaskGroup
# Pyodide reads the clock and sleeps through names of its own; automatic collections would come at moments that
# depend on how many objects the interpreter has, so the only ones are those the loop asks for.
gc.disable()
gc.collect()
gc.freeze()
