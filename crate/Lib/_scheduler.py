"""Whose turn it is: the simulated threads of a run, on one virtual clock.

The main thread is the interpreter's own flow of control. Every other thread is a generator (see `_twins`) that gives way
wherever it waits, so the threads take turns in any order. They take them when somebody waits: a wait of the main
thread, or of its event loop, lets the others run, and moves the clock to the next moment at which anyone goes on. A main
thread that computes lets them run in between, each time it has kept the interpreter for CPython's switch interval.

A thread that computes for longer than CPython's switch interval goes on beside the others: the clock is put back to where
the interval ended, and the thread takes no further turn until the clock has reached it again. Native code is not interrupted:
while a thread is within it the clock goes on, and nobody else runs.

A wait in a place that no generator can give way from (in a callback of the interpreter's own code, in a comprehension)
lets the others run from within. That serves unless it is the waiting thread's own starter, further out, that must go on
first; such a wait says so.
"""

import _lanes
import _loopscope

MAIN_IDENT = 0x7F00_0000_1000
_IDENT_STEP = 0x0000_0100_0000
_MAIN_NATIVE_ID = 1000

# How long CPython lets a thread keep the interpreter while others want it.
_SLICE_NS = 5_000_000

_STACKED = (
    "this wait cannot be simulated here: what it waits for is up to {}, which is itself waiting further out. "
    "Wait in the thread's own function, rather than in a callback, a comprehension or a coroutine that it runs"
)


class Thread:
    """A thread of control: who it is, and what it waits for."""

    __slots__ = (
        "ident", "native_id", "id", "name", "generator", "context", "running_loop", "due", "look", "on", "loop",
        "is_running", "is_done", "is_daemon", "shares_interpreter", "when_done", "process",
    )

    def __init__(self, number, id, name="MainThread"):
        self.ident = MAIN_IDENT - number * _IDENT_STEP
        self.native_id = _MAIN_NATIVE_ID + number
        self.id = id
        self.name = name
        self.generator = self.context = self.running_loop = None
        # When it goes on (nanoseconds), or None; what makes it go on sooner; what it waits in; the idle loop that waits.
        self.due = self.look = self.on = self.loop = None
        self.is_running = self.is_done = self.is_daemon = False
        self.shares_interpreter = True
        # The simulated process that it belongs to, unless that is the program's own.
        self.when_done = self.process = None

    def is_ready(self, now):
        if self.is_running:
            return False
        return (self.due is not None and self.due <= now) or (self.look is not None and bool(self.look()))


main = Thread(0, 0)
main.is_running = True
current = main
_started = 0
_threads = []
# Abandoned with the run: to close them would run the rest of their functions.
_abandoned = []
_alarms = []
_alarm_number = 0
# What the main thread is to do as soon as it has its turn: handle signals.
interrupts = []
# Until when the interpreter is taken by threads that compute beside the others, one after another.
_taken_until = 0


def is_alone():
    """Return whether nothing but the main thread can make anything happen."""
    return not (_threads or _alarms or interrupts)


def count():
    """Return how many threads run, besides the main one."""
    return len(_threads)


def new_identity(name):
    """Return a thread that has not started."""
    global _started
    _started += 1
    return Thread(_started, _lanes.new_id(), name)


def start(thread, generator, context):
    """Let a thread run when its turn comes."""
    thread.generator = generator
    thread.context = context
    thread.due = _lanes.now()
    _threads.append(thread)


# --- alarms: what the world outside does at a moment ---------------------------------------------------------------


def at(moment, action):
    """Call `action` when the clock reaches a moment, in nanoseconds, and somebody waits."""
    global _alarm_number
    import heapq

    _alarm_number += 1
    alarm = [moment, _alarm_number, action]
    heapq.heappush(_alarms, alarm)
    return alarm


def cancel(alarm):
    """Take an alarm back."""
    if alarm in _alarms:
        import heapq

        _alarms.remove(alarm)
        heapq.heapify(_alarms)


def is_due_within(nanoseconds):
    """Return whether the world outside is about to do something."""
    return bool(_alarms) and _alarms[0][0] - _lanes.now() <= nanoseconds


def _ring():
    """Do what is due; return whether anything was."""
    import heapq

    rang = False
    while _alarms and _alarms[0][0] <= _lanes.now():
        heapq.heappop(_alarms)[2]()
        rang = True
    while interrupts and current is main:
        interrupts.pop(0)()
    return rang


# --- turns -----------------------------------------------------------------------------------------------------------


def _run_stretch(thread):
    """Let a thread run until it gives way."""
    global current
    thread.due = thread.look = None
    if thread.on is not None:
        thread.on = thread.loop = None
        _lanes.thread_resumed(thread.id)
    if thread.generator is None:
        # Its function has ended, and the clock has now come to where it did.
        _end(thread)
        return
    interrupted, current = current, thread
    thread.is_running = True
    work = _lanes.work_ns()
    _lanes.enter(thread.id, thread.running_loop, thread.shares_interpreter, _SLICE_NS)
    try:
        thread.context.run(thread.generator.send, None)
    except StopIteration:
        thread.generator = None
    finally:
        work = _lanes.work_ns() - work
        thread.running_loop, ahead = _lanes.leave(interrupted.id)
        thread.is_running = False
        current = interrupted
    if thread.generator is None and not ahead:
        _end(thread)
    else:
        _give_way(thread, ahead, work)


def _give_way(thread, ahead, work):
    """Set when a thread that has had its turn goes on, unless it waits."""
    global _taken_until
    now = _lanes.now()
    if ahead:
        computed = min(ahead, work) if thread.shares_interpreter else 0
        start = max(now, _taken_until) if computed else now
        _taken_until = max(_taken_until, start + computed)
        thread.due = start + ahead
    elif thread.due is None and thread.look is None:
        thread.due = now


def _end(thread):
    thread.is_done = True
    _threads.remove(thread)
    _lanes.thread_ended(thread.id)
    if thread.when_done is not None:
        thread.when_done()


def abandon(is_meant):
    """Leave threads where they are, as those of a process that is killed."""
    for thread in [thread for thread in _threads if not thread.is_running and is_meant(thread)]:
        thread.is_daemon = True
        thread.when_done = None
        _abandoned.append(thread.generator)
        _end(thread)


def _take_turns(is_enough):
    """Let everyone run who can now, once; return whether anyone did."""
    now = _lanes.now()
    ready = [thread for thread in _threads if thread.is_ready(now)]
    if not ready:
        return False
    ready.sort(key=lambda thread: now if thread.due is None else min(thread.due, now))
    for thread in ready:
        # An earlier one may have taken what this one waited for.
        if thread.is_done or not thread.is_ready(_lanes.now()):
            continue
        if thread in _threads:
            _threads.remove(thread)
            _threads.append(thread)
        _run_stretch(thread)
        if is_enough():
            break
    return True


def poll_in_turn():
    """The form of `poll` in a thread's generator: it gives way."""
    yield


def poll():
    """Let those run who can now, without letting time pass: the loop has asked for what is ready."""
    if _alarms or interrupts:
        _ring()
    if _threads:
        _take_turns(_never)


def _never():
    return False


def share():
    """Let happen what is due, and those run who can: the main thread has kept the interpreter for as long as it may."""
    _ring()
    if _threads:
        _take_turns(_never)


def pump(is_enough, due=None):
    """Let everyone else run until `is_enough`, or the moment `due`. Return whether it is; None if it can never be."""
    while True:
        _ring()
        if is_enough():
            return True
        now = _lanes.now()
        if due is not None and due <= now:
            return False
        if _take_turns(is_enough):
            continue
        moment = _next_moment(due)
        if moment is None:
            return None
        waiting = [thread.loop for thread in (current, *_threads) if thread.loop is not None]
        _lanes.advance_to(moment, waiting)


def _next_moment(due):
    """When anyone goes on, if nothing happens before."""
    moment = due
    for thread in _threads:
        if not thread.is_running and thread.due is not None and (moment is None or thread.due < moment):
            moment = thread.due
    if _alarms and (moment is None or _alarms[0][0] < moment):
        moment = _alarms[0][0]
    return moment


# --- waiting -----------------------------------------------------------------------------------------------------------


def wait(on, look, patience=None, loop=None, until=None):
    """Let others run until `look()` is true, or so many nanoseconds have passed; return what `look()` says then.

    An idle loop gives its id, and instead of a duration the moment `until` which it waits.

    In a thread's generator, `wait_in_turn` stands in the place of this function.
    """
    if look():
        return True
    if patience is not None and patience <= 0:
        poll()
        return bool(look())
    thread = current
    start = _lanes.now()
    due = until
    ahead = 0
    if thread is not main:
        ahead = _lanes.pause_stretch()
        start = _lanes.now()
    if patience is not None:
        due = start + ahead + patience
    thread.loop = loop
    is_idle_main = thread is main and loop is not None
    if not is_idle_main:
        _lanes.thread_blocked(thread.id, on)
    thread.on = on
    try:
        if ahead:
            pump(_never, start + ahead)
        outcome = pump(look, due)
        if outcome is None:
            _give_up(thread, loop)
    finally:
        thread.loop = thread.on = None
        if not is_idle_main:
            _lanes.thread_resumed(thread.id)
        if thread is not main:
            _lanes.resume_stretch(_SLICE_NS)
        if loop is None:
            _tell_blocked(thread, on, start)
    return bool(outcome) or bool(look())


def _tell_blocked(thread, on, start):
    """The loop of this thread stood still while it waited. Less than a slice is what any thread may take from another."""
    if (thread is main or thread.running_loop is not None) and _lanes.now() - start > _SLICE_NS:
        _lanes.blocked_since(on, start)


def _give_up(thread, loop):
    """What this thread waits for can never happen."""
    # A thread that runs while another does is further out: it waits, or lets others run between two instructions.
    further_out = [other for other in (main, *_threads) if other.is_running and other is not thread]
    if thread is not main and further_out:
        raise RuntimeError(_STACKED.format(" or ".join(f"thread {other.name!r}" for other in further_out)))
    if loop is None:
        _lanes.deadlocked()


def wait_in_turn(on, look, patience=None, loop=None, until=None):
    """The form of `wait` in a thread's generator: it gives way."""
    if patience is not None and patience <= 0:
        yield
        return bool(look())
    if look():
        return True
    thread = current
    while _is_ahead():
        yield
    if not look():
        start = _lanes.now()
        thread.on, thread.loop = on, loop
        thread.look = look
        thread.due = until if patience is None else start + patience
        _lanes.thread_blocked(thread.id, on)
        yield
        if loop is None:
            _tell_blocked(thread, on, start)
    return bool(look())


_is_ahead = _lanes.is_ahead


def join_all():
    """The main thread has ended: wait for every thread that is no daemon."""
    if any(not thread.is_daemon for thread in _threads):
        wait("threading._shutdown", lambda: all(thread.is_daemon for thread in _threads))


def leave_all():
    """The program has ended: leave every thread where it is."""
    _abandoned.extend(_threads)
    _threads.clear()
    _alarms.clear()


def name_of(function):
    """The name of what a thread runs, found without running code of the program."""
    thread = getattr(function, "__self__", None)
    target = getattr(thread, "_target", None)
    for candidate in (target, getattr(type(thread), "run", None) if thread is not None else None, function):
        function = getattr(candidate, "func", candidate)
        if isinstance(getattr(function, "__qualname__", None), str):
            return function.__qualname__
    return type(function).__qualname__
