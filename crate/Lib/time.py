"""The `time` module on the run's virtual clock.

The interpreter has no clock of its own in a browser, and the clock of a machine would make every run different. All
of this module reads one virtual clock, which starts at a fixed date and moves when the program computes or sleeps.
What is simulated: the wall clock and the monotonic clock never drift apart, processor time is the same as elapsed
time, the local zone is UTC, and clocks cannot be set.
"""

import _lanes
import _loopscope
import _scheduler
from _calendar_time import (
    asctime, ctime, gmtime, localtime, mktime, strftime, strptime, struct_time,
)
from _native import publish as _publish

__all__ = [
    "CLOCK_BOOTTIME", "CLOCK_MONOTONIC", "CLOCK_MONOTONIC_RAW", "CLOCK_PROCESS_CPUTIME_ID", "CLOCK_REALTIME",
    "CLOCK_TAI", "CLOCK_THREAD_CPUTIME_ID", "altzone", "asctime", "clock_getres", "clock_gettime",
    "clock_gettime_ns", "clock_settime", "clock_settime_ns", "ctime", "daylight", "get_clock_info", "gmtime",
    "localtime", "mktime", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time",
    "process_time_ns", "sleep", "strftime", "strptime", "struct_time", "thread_time", "thread_time_ns", "time",
    "time_ns", "timezone", "tzname", "tzset",
]

CLOCK_REALTIME = 0
CLOCK_MONOTONIC = 1
CLOCK_PROCESS_CPUTIME_ID = 2
CLOCK_THREAD_CPUTIME_ID = 3
CLOCK_MONOTONIC_RAW = 4
CLOCK_BOOTTIME = 7
CLOCK_TAI = 11

timezone = 0
altzone = 0
daylight = 0
tzname = ("UTC", "UTC")

# How many fields `_strptime` gives to a struct_time: the visible ones, the zone and its offset.
_STRUCT_TM_ITEMS = 11

# The longest duration that CPython keeps in its 64-bit nanoseconds.
_LONGEST_SECONDS = (2**63 - 1) / 1e9

_CALENDAR_CLOCKS = {CLOCK_REALTIME, CLOCK_TAI}
_ELAPSED_CLOCKS = {
    CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID, CLOCK_MONOTONIC_RAW, CLOCK_BOOTTIME,
}

# The differences between CPython's clocks as `get_clock_info` tells them.
_CLOCKS = {
    "time": ("clock_gettime(CLOCK_REALTIME)", False, True),
    "monotonic": ("clock_gettime(CLOCK_MONOTONIC)", True, False),
    "perf_counter": ("clock_gettime(CLOCK_MONOTONIC)", True, False),
    "process_time": ("clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", True, False),
    "thread_time": ("clock_gettime(CLOCK_THREAD_CPUTIME_ID)", True, False),
}


def time_ns():
    """Return the time since the Epoch in nanoseconds."""
    return _loopscope.CALENDAR_NS + _loopscope.now_ns()


def time():
    """Return the time since the Epoch in seconds."""
    return (_loopscope.CALENDAR_NS + _loopscope.now_ns()) / 1e9


def monotonic_ns():
    """Return the virtual time since the run began, in nanoseconds."""
    return _loopscope.now_ns()


def monotonic():
    """Return the virtual time since the run began, in seconds."""
    return _loopscope.now_ns() / 1e9


def perf_counter_ns():
    """Return the virtual time since the run began, in nanoseconds."""
    return _loopscope.now_ns()


def perf_counter():
    """Return the virtual time since the run began, in seconds."""
    return _loopscope.now_ns() / 1e9


def process_time_ns():
    """Return the same as `monotonic_ns`: processor time is not counted apart from elapsed time."""
    return _loopscope.now_ns()


def process_time():
    """Return the same as `monotonic`: processor time is not counted apart from elapsed time."""
    return _loopscope.now_ns() / 1e9


def thread_time_ns():
    """Return the same as `monotonic_ns`: processor time is not counted apart from elapsed time."""
    return _loopscope.now_ns()


def thread_time():
    """Return the same as `monotonic`: processor time is not counted apart from elapsed time."""
    return _loopscope.now_ns() / 1e9


def sleep(seconds, /):
    """Move the virtual clock by a number of seconds; it takes no real time, and it blocks the caller's thread."""
    if isinstance(seconds, float):
        duration = seconds
    elif hasattr(seconds, "__index__"):
        duration = seconds.__index__()
    else:
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer or float")
    if duration != duration:
        raise ValueError("Invalid value NaN (not a number)")
    if duration < 0:
        raise ValueError("sleep length must be non-negative")
    if duration >= 2**63:
        raise OverflowError("timestamp out of range for platform time_t")
    if duration > _LONGEST_SECONDS:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    if _scheduler.is_alone():
        _loopscope.sleep(float(duration))
    else:
        nanoseconds = round(duration * 1_000_000_000)
        if _scheduler.current is not _scheduler.main:
            # In a thread it stands for work that takes its time.
            nanoseconds = _lanes.stretched(nanoseconds)
        _scheduler.wait("time.sleep", _never, nanoseconds)


def _never():
    return False


def clock_gettime_ns(clk_id, /):
    """Return a clock's time in nanoseconds."""
    if clk_id in _CALENDAR_CLOCKS:
        return time_ns()
    if clk_id in _ELAPSED_CLOCKS:
        return _loopscope.now_ns()
    raise OSError(22, "Invalid argument")


def clock_gettime(clk_id, /):
    """Return a clock's time in seconds."""
    return clock_gettime_ns(clk_id) / 1e9


def clock_getres(clk_id, /):
    """Return a clock's resolution in seconds."""
    clock_gettime_ns(clk_id)
    return 1e-09


def clock_settime(clk_id, time, /):
    """Refuse, as for an ordinary user: the virtual clock moves by itself only."""
    raise PermissionError(1, "Operation not permitted")


def clock_settime_ns(clk_id, time, /):
    """Refuse, as for an ordinary user: the virtual clock moves by itself only."""
    raise PermissionError(1, "Operation not permitted")


def get_clock_info(name, /):
    """Return what is known about the clock of a given name."""
    from types import SimpleNamespace

    if not isinstance(name, str):
        raise TypeError(f"get_clock_info() argument 1 must be str, not {type(name).__name__}")
    if name not in _CLOCKS:
        raise ValueError("unknown clock")
    implementation, monotonic, adjustable = _CLOCKS[name]
    return SimpleNamespace(
        implementation=implementation, monotonic=monotonic, adjustable=adjustable, resolution=1e-09
    )


def tzset():
    """Do nothing, whatever TZ says: the local zone of a run is UTC."""


_publish(globals())
