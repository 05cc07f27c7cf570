"""The event loop: asyncio's own, on the virtual clock, with the recorder's hooks.

It is the standard library's selector loop with three differences. Time is the run's virtual clock, which jumps to the
next timer when nothing is ready. Every turn is told to the recorder. And the collector runs when the loop goes idle, so
that when it takes something is the same in every run.
"""

import gc
import heapq
import reprlib

import _loopscope
import _thread
import asyncio
from asyncio import base_events, events, format_helpers, futures, log, tasks, unix_events

_STOPPED_EARLY = "Event loop stopped before Future completed."

# Timers that are due within so many seconds of one another fire in one turn, as they do where the operating system counts
# milliseconds.
_TIMER_GRAIN = 1e-3

# The first so many idle moments each collect; later ones only when enough has been allocated to pay for it.
_EAGER_COLLECTIONS = 256


class _NothingArrives:
    """A selector to which no file is registered: no packet leaves the page, and none arrives."""

    def select(self, timeout=None):
        return []

    def get_map(self):
        return {}

    def close(self):
        pass


class _UnixSelectorEventLoop(unix_events._UnixSelectorEventLoop):
    """What `asyncio.new_event_loop()` makes. It has the name of the loop it stands for, as messages show it."""

    __module__ = "asyncio.unix_events"
    __qualname__ = "_UnixSelectorEventLoop"

    def __init__(self, selector=None):
        super().__init__(selector or _NothingArrives())
        self._until = None
        self._id = _loopscope.loop_created()

    # Nothing outside the loop's own thread can wake it, so it needs no pipe to itself.

    def _make_self_pipe(self):
        self._ssock = self._csock = None

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        pass

    def time(self):
        return _loopscope.monotonic()

    def run_forever(self):
        _loopscope.loop_started(self._id, self.get_debug(), self._awaited())
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
        self._drop_cancelled_timers()
        ready, scheduled = self._ready, self._scheduled
        if not ready and not self._stopping:
            self._wait(ready, scheduled)
        due = self.time() + self._clock_resolution
        while scheduled and scheduled[0]._when < due:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            ready.append(handle)
        # Whatever is scheduled from here on runs in the next turn.
        count = len(ready)
        _loopscope.iteration(self._id, count, len(scheduled))
        if self._debug or _collect_every_step:
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
            if _collect_every_step:
                handle = None
                collect("step")

    def _wait(self, ready, scheduled):
        """Nothing is ready: lets the collector run, and moves the clock to the next timer."""
        if _thread.run_pending() or ready:
            return
        if not scheduled or _worth_collecting():
            collect("idle")
        if ready:
            return
        if scheduled:
            _loopscope.idle_until(self._id, _last_of_the_first(scheduled))
        else:
            _loopscope.nothing_to_wait_for(self._until is None)

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
                log.logger.warning(
                    "Executing %s took %.3f seconds", base_events._format_handle(handle), seconds
                )
        finally:
            self._current_handle = None


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
_collect_every_step = False
_collections = 0
_survivors = 0
_names = reprlib.Repr()


def _name_of(callback):
    """The function's name, found without running code of the program."""
    while hasattr(type(callback), "func") and type(callback).__module__ == "functools":
        callback = callback.func
    for kind in (type(_name_of), type(len), type(_NothingArrives().select)):
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
    return _collections < _EAGER_COLLECTIONS or gc.get_count()[0] * 4 > _survivors


def collect(reason="program", generation=2):
    """Runs the collector and says so."""
    global _collections, _survivors
    if reason != "exit":
        _loopscope.before_collection()
    found = _collect(generation)
    _collections += 1
    _survivors = sum(gc.get_count())
    if found or reason == "program":
        _loopscope.collected(found, reason)
    return found


_collect = gc.collect


def _collect_for_program(generation=2):
    return collect("program", generation)


def apply_options():
    """What the options of a run change in asyncio."""
    global _collect_every_step
    _collect_every_step = _loopscope.collect_every_step()
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
    for module in (unix_events, asyncio):
        for name in ("_UnixSelectorEventLoop", "SelectorEventLoop", "EventLoop"):
            if hasattr(module, name):
                setattr(module, name, _UnixSelectorEventLoop)
    _loopscope.set_loop_class(_UnixSelectorEventLoop)
    unix_events._UnixDefaultEventLoopPolicy._loop_factory = _UnixSelectorEventLoop
