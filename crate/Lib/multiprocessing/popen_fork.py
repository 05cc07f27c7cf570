"""Starts processes as simulated threads that do not share their interpreter.

There is one process. What is simulated: what a process is given is copied, as for a process that is spawned, so what
cannot be pickled fails as it should; processes compute side by side, wait for each other, and end with an exit status. What
is not: the modules of a process are those of the program, so a global variable that it changes is changed for all, and
one that was "forked" has what it was given itself and no copy.
"""

import copy
import io
import os
import signal
import sys
import threading
import traceback

import _scheduler
import _thread

from . import connection, process, util
from .context import reduction, set_spawning_popen

_first_process = os.getpid()
_started = 0
# By their numbers.
_running = {}


def send_signal(pid, number):
    """Send a signal to a process; return whether there is one of this number."""
    popen = _running.get(pid)
    if popen is not None and number:
        popen._send_signal(number)
    return popen is not None


def _current():
    import _scheduler

    return _scheduler.current.process or _current_process  # noqa: F821, a name of the module whose function gets this code


def _parent():
    import _scheduler

    return _scheduler.current.process and _scheduler.current.process._parent


# The functions are known by several names: what they do is changed, and not what the names stand for.
process.current_process.__code__ = _current.__code__
process.parent_process.__code__ = _parent.__code__


def _own(value):
    if isinstance(value, connection.Connection) and not value.closed:
        return connection.Connection(os.dup(value.fileno()), value.readable, value.writable)
    return value


class DuplicatedDescriptor:
    """A descriptor of the process that is being started."""

    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        return self.fd


class Popen:
    """The parent's side of a process."""

    method = "fork"
    DupFd = DuplicatedDescriptor

    def __init__(self, process_obj):
        global _started
        _started += 1
        util._flush_std_streams()
        self.returncode = None
        self.pid = _first_process + _started
        self.sentinel, self._alive = os.pipe()
        child = self._copy(process_obj)
        child._popen = self
        child._lane_pid = self.pid
        child._parent = process._ParentProcess(process_obj._parent_name, process_obj._parent_pid, self.sentinel)
        self._lane = _thread._start(self._run, (child,), {}, process_obj.name, True)
        self._lane.process = child
        _running[self.pid] = self
        self._lane.shares_interpreter = False
        self.finalizer = util.Finalize(self, util.close_fds, (self.sentinel,))

    def _copy(self, process_obj):
        child = copy.copy(process_obj)
        # Each process has its own ends of a pipe, so that one that closes an end closes no other's.
        child._args = tuple(map(_own, process_obj._args))
        child._kwargs = {name: _own(value) for name, value in process_obj._kwargs.items()}
        return child

    def duplicate_for_child(self, fd):
        return os.dup(fd)

    def _run(self, child):
        # Each process has a main thread of its own.
        threading.current_thread().name = "MainThread"
        try:
            child.run()
            status = 0
        except SystemExit as exit:
            status = exit.code
            if status is None:
                status = 0
            elif not isinstance(status, int):
                sys.stderr.write(f"{status}\n")
                status = 1
        except BaseException as error:
            status = 1
            sys.stderr.write(f"Process {child.name}:\n")
            # The first frame is that of this function.
            traceback.print_exception(type(error), error, error.__traceback__.tb_next)
        util._flush_std_streams()
        self._forget(child)
        threading._active.pop(threading.get_ident(), None)
        self._end(status)

    def _forget(self, child):
        """What it was given ends with it, such as the ends of pipes that were its own."""
        for name in ("_target", "_args", "_kwargs"):
            child.__dict__.pop(name, None)

    def _end(self, status):
        if self.returncode is None:
            self.returncode = status
            _running.pop(self.pid, None)
            os.close(self._alive)

    def _has_ended(self):
        return self.returncode is not None

    def poll(self, flag=os.WNOHANG):
        if self.returncode is None:
            _scheduler.poll()
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            patience = None if timeout is None else int(timeout * 1_000_000_000)
            _scheduler.wait("multiprocessing.Process.join", self._has_ended, patience)
        return self.returncode

    def _send_signal(self, number):
        """A signal ends the process, unless it has a handler for it: that runs beside what it does."""
        if self.returncode is not None:
            return
        child = self._lane.process
        handler = child.__dict__.get("_signal_handlers", {}).get(number, signal.SIG_DFL)
        if number == signal.SIGKILL or handler == signal.SIG_DFL:
            self._stop(-number)
        elif handler != signal.SIG_IGN:
            lane = _thread._start(self._handle, (handler, number), {}, child.name, True)
            lane.process = child

    def _handle(self, handler, number):
        try:
            handler(number, None)
        except SystemExit as exit:
            self._stop(exit.code if isinstance(exit.code, int) else int(exit.code is not None))

    def _stop(self, status):
        if self.returncode is None:
            child = self._lane.process
            _scheduler.abandon(lambda thread: thread.process is child)
            self._forget(child)
            self._end(status)

    def interrupt(self):
        self._send_signal(signal.SIGINT)

    def terminate(self):
        self._send_signal(signal.SIGTERM)

    def kill(self):
        self._send_signal(signal.SIGKILL)

    def close(self):
        self.finalizer()


class CopyingPopen(Popen):
    """The parent's side of a process that is given a copy of what it is to do."""

    def _copy(self, process_obj):
        pickled = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(process_obj, pickled)
        finally:
            set_spawning_popen(None)
        return reduction.ForkingPickler.loads(pickled.getbuffer())
