"""What a program says through the standard channels, observed where it passes: logging, warnings, unraisable errors,
and the calendar.

Each hook calls what it replaces, with the same arguments, and looks only at what that has computed anyway.
"""

import datetime
import logging
import sys
import time
import warnings

import _loopscope

_call_handlers = logging.Logger.callHandlers
_show_warning = warnings._showwarnmsg
_unraisable_hook = sys.unraisablehook


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
    _show_warning(msg)


def _observed_unraisable_hook(unraisable):
    _loopscope.unraisable(unraisable.exc_value, str(unraisable.err_msg or ""))
    _unraisable_hook(unraisable)


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
    sys.unraisablehook = sys.__unraisablehook__ = _observed_unraisable_hook
    _loopscope.set_class_attribute(datetime.datetime, "now", classmethod(_now))
    _loopscope.set_class_attribute(datetime.datetime, "utcnow", classmethod(_utcnow))
