"""The event loop: asyncio's own, on the virtual clock, with the recorder's hooks.

It is the standard library's selector loop with three differences. Time is the run's virtual clock, which jumps to the
next timer when nothing is ready. Every turn is told to the recorder. And the collector runs when the loop goes idle, so
that when it takes something is the same in every run.
"""

import gc
import heapq
import reprlib
import selectors

import _descriptors
import _lanes
import _loopscope
import _posix_constants
import _scheduler
import asyncio
from asyncio import base_events, events, format_helpers, futures, tasks, unix_events

_STOPPED_EARLY = "Event loop stopped before Future completed."

# Timers that are due within so many seconds of one another fire in one turn, as they do where the operating system counts
# milliseconds.
_TIMER_GRAIN = 1e-3

# The first so many idle moments each collect, unless the heap is so large that this many objects have been looked at; later
# ones only when enough has been allocated to pay for it.
_EAGER_COLLECTIONS = 256
_EAGER_OBJECTS = 1_000_000

# The line of `BaseEventLoop._run_once` that runs a handle in debug mode. Here it is the sixth of `_run_watched`.
_RUN_LINE = 2048

# What is under way on the network arrives so soon that the collector stays out of it: a task that only waits for data which
# has been sent would not live to read it, as it does in CPython, where the collector comes by rarely.
_UNDER_WAY_NS = 1_000_000


class EpollSelector(selectors._BaseSelectorImpl):
    """Looks at what has arrived. It never waits: the loop does, with everyone else. Debug mode prints the class's name."""

    def select(self, timeout=None):
        if not self._fd_to_key:
            return []
        found = []
        opened = _descriptors.table.open
        for fd, key in self._fd_to_key.items():
            if fd not in opened:
                continue
            read, write = key.events & selectors.EVENT_READ, key.events & selectors.EVENT_WRITE
            readable, writable = _descriptors.would_go_on(opened[fd], read, write)
            events = (read if readable else 0) | (write if writable else 0)
            if events:
                found.append((key, events))
        return found


class _Csock:
    """The end of the pipe that signals are written to. It has a descriptor once somebody asks for one."""

    def __init__(self, arrived):
        self._arrived = arrived
        self._fd = -1

    def fileno(self):
        if self._fd < 0:
            flags = _posix_constants.O_WRONLY | _posix_constants.O_NONBLOCK
            description = _descriptors.Description(_descriptors.Wakeup(self._arrived), flags)
            self._fd = _descriptors.table.add(description)
        return self._fd

    def close(self):
        if self._fd >= 0:
            _descriptors.table.remove(self._fd)
        self._arrived = None


class _UnixSelectorEventLoop(unix_events._UnixSelectorEventLoop):
    """What `asyncio.new_event_loop()` makes. It has the name of the loop it stands for, as messages show it."""

    __module__ = "asyncio.unix_events"
    __qualname__ = "_UnixSelectorEventLoop"

    def __init__(self, selector=None):
        self._woken = self._is_threadsafe = False
        self._is_new = True
        super().__init__(selector or EpollSelector())
        self._until = None
        self._id = _loopscope.loop_created()

    # Whoever makes something ready lets the loop see it, so it needs no pipe to itself; only signals are written to one.

    def _make_self_pipe(self):
        self._ssock = None
        self._csock = _Csock(self._handle_signal)
        self._internal_fds += 1

    def _close_self_pipe(self):
        self._csock.close()
        self._csock = None
        self._internal_fds -= 1

    def _write_to_self(self):
        self._woken = True

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._is_threadsafe = True
        try:
            return super().call_soon_threadsafe(callback, *args, context=context)
        finally:
            self._is_threadsafe = False

    def time(self):
        return _loopscope.monotonic()

    def stop(self):
        if _scheduler.count():
            _lanes.check_thread(self)
        super().stop()

    def run_forever(self):
        if self._is_new and _is_put_off and _worth_collecting():
            # What earlier loops have left behind has no part in what happens here.
            collect("idle")
        self._is_new = False
        _loopscope.loop_started(self._id, bool(self.get_debug()), self._awaited())
        try:
            super().run_forever()
        finally:
            _loopscope.loop_stopped(self._id)

    def run_until_complete(self, future):
        self._until = future
        try:
            return super().run_until_complete(future)
        except RuntimeError as error:
            if error.args == (_STOPPED_EARLY,):
                _loopscope.misuse("stopped early", _STOPPED_EARLY)
            raise
        finally:
            self._until = None

    def _awaited(self):
        """The future that the loop runs for. A coroutine has just become a task, whose first step is the last handle."""
        if self._until is None or futures.isfuture(self._until):
            return self._until
        return getattr(self._ready[-1]._callback, "__self__", None) if self._ready else None

    def close(self):
        if not self.is_closed() and not self.is_running():
            _loopscope.loop_closed(self._id, list(tasks.all_tasks(self)))
        super().close()

    def _check_closed(self):
        if self._closed:
            _loopscope.misuse("closed", "Event loop is closed")
        super()._check_closed()

    def _check_running(self):
        if self.is_running() or events._get_running_loop() is not None:
            _loopscope.misuse("nested", "This event loop is already running")
        super()._check_running()

    def _call_soon(self, callback, args, context):
        if not self._is_threadsafe and _scheduler.count():
            _lanes.check_thread(self)
        handle = super()._call_soon(callback, args, context)
        if not _loopscope.is_step(callback):
            _loopscope.handle_scheduled(handle, _name_of(callback))
        return handle

    def call_at(self, when, callback, *args, context=None):
        handle = super().call_at(when, callback, *args, context=context)
        _loopscope.handle_scheduled(handle, _name_of(callback))
        return handle

    def _timer_handle_cancelled(self, handle):
        _loopscope.handle_cancelled(handle)
        super()._timer_handle_cancelled(handle)

    def call_exception_handler(self, context):
        if isinstance(context, dict):
            _loopscope.loop_exception(
                str(context.get("message") or "Unhandled exception in event loop"),
                context.get("exception"),
                context.get("task"),
                context.get("future"),
                context.get("handle"),
            )
        super().call_exception_handler(context)

    def _asyncgen_finalizer_hook(self, generator):
        _loopscope.async_generator_abandoned(generator)
        super()._asyncgen_finalizer_hook(generator)

    def _run_once(self):
        self._woken = False
        self._drop_cancelled_timers()
        ready, scheduled = self._ready, self._scheduled
        if not ready and not self._stopping:
            self._wait(ready, scheduled)
        elif self._selector.get_map() or not _scheduler.is_alone():
            self._look_around()
        due = self.time() + self._clock_resolution
        while scheduled and scheduled[0]._when < due:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            ready.append(handle)
        # Whatever is scheduled from here on runs in the next turn.
        count = len(ready)
        _loopscope.iteration(self._id, count, len(scheduled))
        if self._debug or _collects:
            self._run_one_by_one(ready, count)
        else:
            _loopscope.turn(self, ready, count)

    def _run_one_by_one(self, ready, count):
        for _ in range(count):
            handle = ready.popleft()
            if handle._cancelled:
                _loopscope.handle_cancelled(handle)
            elif self._debug:
                self._run_watched(handle)
            else:
                _loopscope.run(handle, self, len(ready))
            if _collects and _is_time_to_collect(self):
                handle = None
                collect("step")

    def _wait(self, ready, scheduled):
        """Nothing is ready: lets the collector run, and moves the clock to the next timer."""
        global _is_put_off
        has_others = self._selector.get_map() or not _scheduler.is_alone()
        if not (scheduled or has_others) or (_worth_collecting() and not self._is_under_way()):
            collect("idle")
        else:
            _is_put_off = True
        if ready:
            return
        if has_others:
            self._wait_for_others(ready, scheduled)
        elif scheduled:
            _loopscope.idle_until(self._id, _last_of_the_first(scheduled))
        else:
            _loopscope.nothing_to_wait_for(self._waits_for_outside())

    def _waits_for_outside(self):
        """Whether it is for somebody else to end this: the program runs the loop for ever, handles signals, or serves."""
        if self._until is None or getattr(self, "_signal_handlers", None):
            return True
        keys = (self._selector.get_map() or {}).values()
        readers = [key.data[0] for key in keys if key.data and key.data[0] is not None]
        arguments = [argument for reader in readers for argument in reader._args or ()]
        return any(getattr(argument, "_serving_forever_fut", None) is not None for argument in arguments)

    def _is_under_way(self):
        """Whether something has arrived, or is about to: the loop waits no longer than that takes."""
        return bool(self._selector.select(0)) or _scheduler.is_due_within(_UNDER_WAY_NS)

    def _wait_for_others(self, ready, scheduled):
        """Waits for the next timer, or for what a thread or the network makes ready before."""
        select = self._selector.select
        until = round(_last_of_the_first(scheduled) * 1e9) if scheduled else None
        came = _scheduler.wait("select", lambda: self._woken or select(0), None, self._id, until)
        self._process_events(select(0))
        if not came and until is None:
            # What another thread has made ready without waking the loop does not end its wait.
            unnoticed = len(ready)
            collect("idle")
            if len(ready) > unnoticed:
                return
            _loopscope.nothing_to_wait_for(self._waits_for_outside())

    def _look_around(self):
        """Threads take their turns, and what has arrived is noted, although the loop has enough to do."""
        _scheduler.poll()
        events = self._selector.select(0)
        if events:
            self._process_events(events)

    def _drop_cancelled_timers(self):
        """The standard loop's rule: all at once when they are many, else those at the head."""
        scheduled = self._scheduled
        count = len(scheduled)
        if (
            count > base_events._MIN_SCHEDULED_TIMER_HANDLES
            and self._timer_cancelled_count / count > base_events._MIN_CANCELLED_TIMER_HANDLES_FRACTION
        ):
            kept = []
            for handle in scheduled:
                if handle._cancelled:
                    handle._scheduled = False
                else:
                    kept.append(handle)
            heapq.heapify(kept)
            self._scheduled = kept
            self._timer_cancelled_count = 0
        else:
            while scheduled and scheduled[0]._cancelled:
                self._timer_cancelled_count -= 1
                handle = heapq.heappop(scheduled)
                handle._scheduled = False

    def _run_watched(self, handle):
        """Debug mode: says which callbacks are slow."""
        self._current_handle = handle
        try:
            start = self.time()
            _loopscope.run(handle, self, len(self._ready))
            seconds = self.time() - start
            if seconds >= self.slow_callback_duration:
                base_events.logger.warning(
                    "Executing %s took %.3f seconds", base_events._format_handle(handle), seconds
                )
        finally:
            self._current_handle = None

    # Where a coroutine or a task was created is told with the frames that CPython has: this one is `_run_once` there.
    _run_watched.__code__ = _run_watched.__code__.replace(
        co_filename=base_events.__file__,
        co_name="_run_once",
        co_qualname="BaseEventLoop._run_once",
        co_firstlineno=_RUN_LINE - 5,
    )


class _FailedHandle(events.Handle):
    """A step of a task that could not be taken: it is described, and reported, as any other callback."""

    __slots__ = ()

    def _failed(self, error):
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            # They pass, and the traceback shows the same frames as ever.
            self._callback, self._args = _loopscope.raise_again, (error,)
            self._run()
            return
        callback = format_helpers._format_callback_source(self._callback, self._args)
        message = f"Exception in callback {callback}"
        self._loop.call_exception_handler({"message": message, "exception": error, "handle": self})


_FailedHandle.__name__ = _FailedHandle.__qualname__ = "Handle"
# Whether the options of the run ask for collections after steps.
_collects = False
_collect_at = 0
_collections = 0
_looked_at = 0
_survivors = 0
# Whether the collector has stayed out of something since it last ran.
_is_put_off = False
_names = reprlib.Repr()


def _name_of(callback):
    """The function's name, found without running code of the program."""
    while hasattr(type(callback), "func") and type(callback).__module__ == "functools":
        callback = callback.func
    for kind in (type(_name_of), type(len), type(EpollSelector.__init__.__get__(0))):
        if isinstance(callback, kind):
            return callback.__qualname__
    return type(callback).__qualname__


def _last_of_the_first(scheduled):
    """When the last of the timers is due that fire together with the first. It walks only the top of the heap."""
    last = scheduled[0]._when
    bound = last + _TIMER_GRAIN
    count = len(scheduled)
    places = [0]
    while places:
        place = places.pop()
        when = scheduled[place]._when
        if when <= bound:
            if when > last and not scheduled[place]._cancelled:
                last = when
            places.extend(child for child in (2 * place + 1, 2 * place + 2) if child < count)
    return last


def _worth_collecting():
    is_eager = _collections < _EAGER_COLLECTIONS and _looked_at < _EAGER_OBJECTS
    return is_eager or gc.get_count()[0] * 4 > _survivors


def collect(reason="program", generation=2):
    """Runs the collector and says so. A program that has switched it off collects by itself."""
    global _collections, _looked_at, _survivors, _is_put_off
    _is_put_off = False
    if reason != "exit":
        _loopscope.before_collection()
        if reason != "program" and not _is_collecting[0]:
            return 0
    found = _collect(generation)
    _collections += 1
    _survivors = sum(gc.get_count())
    _looked_at += _survivors
    if found or reason == "program":
        _loopscope.collected(found, reason)
    return found


_collect = gc.collect
# Whether the program wants the collector to run, which for it runs as in CPython.
_is_collecting = [True]


def _is_time_to_collect(loop):
    global _collects, _collect_at
    if _loopscope.collect_every_step():
        return True
    is_time = round(loop.time() * 1e9) >= _collect_at
    if is_time:
        _collects = False
    return is_time


def _collect_for_program(generation=2):
    return collect("program", generation)


_call_at = _UnixSelectorEventLoop.call_at


def _call_at_varied(self, when, callback, *args, context=None):
    """The timer of a `sleep` stands for work outside, which takes its time; a deadline stays where it is."""
    if callback is futures._set_result_unless_cancelled:
        now = self.time()
        when = now + _loopscope.stretched(max(when - now, 0))
    return _call_at(self, when, callback, *args, context=context)


def apply_options():
    """What the options of a run change in asyncio."""
    global _collects, _collect_at
    if _loopscope.is_varied():
        _UnixSelectorEventLoop.call_at = _call_at_varied
    _collect_at = _loopscope.collect_at()
    _collects = _loopscope.collect_every_step() or _collect_at > 0
    if _loopscope.debug():
        from asyncio import coroutines

        coroutines._is_debug_mode = lambda: True
        base_events.coroutines._is_debug_mode = coroutines._is_debug_mode
    if _loopscope.classic_policy():
        events._BaseDefaultEventLoopPolicy.get_event_loop = _get_or_make_event_loop


def _get_or_make_event_loop(policy):
    """`get_event_loop()` of Python up to 3.11: the main thread gets a loop when it first asks for one."""
    if policy._local._loop is None and not getattr(policy._local, "_set_called", False):
        policy.set_event_loop(policy.new_event_loop())
    if policy._local._loop is None:
        raise RuntimeError("There is no current event loop in thread 'MainThread'.")
    return policy._local._loop


def install():
    """Makes this the loop of every way in which asyncio makes one."""
    gc.collect = _collect_for_program
    gc.enable = staticmethod(lambda: _is_collecting.__setitem__(0, True))
    gc.disable = staticmethod(lambda: _is_collecting.__setitem__(0, False))
    gc.isenabled = staticmethod(lambda: _is_collecting[0])
    for module in (unix_events, asyncio):
        for name in ("_UnixSelectorEventLoop", "SelectorEventLoop", "EventLoop"):
            if hasattr(module, name):
                setattr(module, name, _UnixSelectorEventLoop)
    _loopscope.observe_primitive(asyncio.Lock, "_wake_up_first")
    _loopscope.observe_primitive(asyncio.Semaphore, "_wake_up_next")
    _loopscope.observe_queue(asyncio.Queue, "_wakeup_next")
    _loopscope.set_loop_class(_UnixSelectorEventLoop)
    unix_events._UnixDefaultEventLoopPolicy._loop_factory = _UnixSelectorEventLoop
