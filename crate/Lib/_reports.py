"""What a program says through the standard channels, observed where it passes: logging, warnings, unraisable errors,
and the calendar.

Each hook calls what it replaces, with the same arguments, and looks only at what that has computed anyway.
"""

import datetime
import linecache
import logging
import sys
import time
import traceback
import warnings
from asyncio import events

import _loopscope

_call_handlers = logging.Logger.callHandlers
_show_warning = warnings._showwarnmsg

# Python ignores these unless it is asked not to. They are let through, observed, and not shown.
# The line of `Handle._run` that calls.
_HANDLE_RUN = (events.__file__, events.Handle._run.__code__.co_firstlineno + 2)
_IGNORED = ("ignore", None, ResourceWarning, None, 0)
_UNSEEN = ("always", None, ResourceWarning, None, 0)


def _observed_call_handlers(self, record):
    _call_handlers(self, record)
    # A formatter has put the text here; where none ran, the plain message is what there is.
    message = record.__dict__.get("message", record.msg)
    if type(message) is str:
        _loopscope.log(str(record.name), str(record.levelname), message)


def _observed_show_warning(msg):
    arguments = getattr(msg.message, "args", ())
    text = arguments[0] if arguments and type(arguments[0]) is str else ""
    _loopscope.warning(msg.category.__name__, text)
    if issubclass(msg.category, ResourceWarning) and not _asked_for(msg, text):
        return
    if _is_host(msg.filename) and _loopscope.runs_handle():
        # No frame of the program runs any more, and in CPython the one that does is the handle's.
        msg.filename, msg.lineno = _HANDLE_RUN
    elif _is_host(msg.filename):
        # No frame runs: CPython's words for that, which say nothing of allocations.
        msg.filename, msg.lineno, msg.source = "sys", 1, None
    elif msg.source is None and text.startswith("coroutine method "):
        # CPython names the coroutine here; whether it is told, and not what it is, decides what is printed.
        msg.source = msg
    _show_warning(msg)


def _asked_for(msg, text):
    """Whether a filter of the program's own lets a `ResourceWarning` through."""
    for entry in warnings.filters:
        action, pattern, category, _, line = entry
        if issubclass(msg.category, category) and (not line or line == msg.lineno):
            if pattern is None or pattern.match(text):
                return entry is not _UNSEEN and action != "ignore"
    return True


def _let_resource_warnings_through():
    if _IGNORED in warnings.filters:
        warnings.filters[warnings.filters.index(_IGNORED)] = _UNSEEN
        warnings._filters_mutated_lock_held()


def _observed_unraisable_hook(unraisable):
    """CPython's report: no carets, and only the first line of each statement."""
    _loopscope.unraisable(unraisable.exc_value, str(unraisable.err_msg or ""))
    lines = [_unraisable_headline(unraisable)]
    entries = [
        traceback.FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name)
        for frame, line in traceback.walk_tb(unraisable.exc_traceback)
    ]
    if entries:
        lines.append("Traceback (most recent call last):\n")
        lines += traceback.format_list(entries)
    if unraisable.exc_value is not None:
        lines += traceback.format_exception_only(unraisable.exc_type, unraisable.exc_value)
    sys.stderr.write("".join(lines))


def _unraisable_headline(unraisable):
    message = unraisable.err_msg
    if unraisable.object is None:
        return f"{message or 'Exception ignored in'}:\n"
    try:
        text = repr(unraisable.object)
    except BaseException:
        text = "<object repr() failed>"
    if message and message.endswith(text):
        return f"{message}:\n"
    return f"{message or 'Exception ignored in'}: {text}\n"


# --- tracebacks: the host's own frames are nobody's business -----------------------------------------------------

_HOST_FOLDER = "/usr/lib/python3.14/"
_HOST_FILES = {
    "<loopscope>",
    *(_HOST_FOLDER + name + ".py" for name in (
        # What this host is made of.
        "_descriptors", "_files", "_filesystem", "_hosts", "_loop", "_missing", "_native", "_network", "_packages",
        "_posix_processes", "_reports", "_scheduler", "_sockets", "_twin_codes", "_twins",
        # What CPython has in C.
        "_posixsubprocess", "_queue", "_signal", "_socket", "_ssl", "_thread", "faulthandler", "fcntl", "grp", "posix",
        "pwd", "select", "termios", "time",
    )),
}
_walk_tb = traceback.walk_tb
_walk_positions = traceback._walk_tb_with_full_positions
_walk_stack = traceback.walk_stack
_update_cache = linecache.updatecache


def _is_host(filename):
    return filename in _HOST_FILES


def _shown(walk):
    def shown(start):
        return (entry for entry in walk(start) if not _is_host(entry[0].f_code.co_filename))

    return shown


def _walk_shown_stack(frame):
    if frame is None:
        frame = sys._getframe(1)
    return (entry for entry in _walk_stack(frame) if not _is_host(entry[0].f_code.co_filename))


def _observed_update_cache(filename, module_globals=None):
    """The library's sources are shown in tracebacks, without opening a file."""
    if filename.startswith(_HOST_FOLDER):
        source = _loopscope.library(filename.removeprefix(_HOST_FOLDER))
        if source is not None:
            lines = source.splitlines(keepends=True)
            linecache.cache[filename] = (len(source), None, lines, filename)
            return lines
    return _update_cache(filename, module_globals)


def _now(cls, tz=None):
    """`datetime.now` reads the virtual clock."""
    return cls.fromtimestamp(time.time(), tz)


def _utcnow(cls):
    warnings.warn(
        "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use "
        "timezone-aware objects to represent datetimes in UTC: datetime.datetime.now(datetime.UTC).",
        DeprecationWarning,
        stacklevel=2,
    )
    return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


def install():
    logging.Logger.callHandlers = _observed_call_handlers
    warnings._showwarnmsg = _observed_show_warning
    _let_resource_warnings_through()
    sys.unraisablehook = sys.__unraisablehook__ = _observed_unraisable_hook
    traceback.walk_tb = _shown(_walk_tb)
    traceback._walk_tb_with_full_positions = _shown(_walk_positions)
    traceback.walk_stack = _walk_shown_stack
    linecache.updatecache = _observed_update_cache
    _loopscope.set_class_attribute(datetime.datetime, "now", classmethod(_now))
    _loopscope.set_class_attribute(datetime.datetime, "utcnow", classmethod(_utcnow))
