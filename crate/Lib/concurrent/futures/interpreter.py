"""`InterpreterPoolExecutor` on simulated threads that do not share their interpreter.

There is one interpreter. What is simulated: arguments and results are copied, so what cannot be pickled fails as it should;
workers compute side by side, each on a processor of its own. What is not: the modules of a worker are those of the program, so
a global variable that a job changes is changed for all.
"""

import pickle
import traceback
from concurrent.futures import thread as _thread
from concurrent.interpreters import ExecutionFailed, NotShareableError
from types import SimpleNamespace


def _copy(value):
    try:
        return pickle.loads(pickle.dumps(value))
    except Exception as error:
        raise NotShareableError("object could not be pickled") from error


def _failure(error):
    """What an interpreter tells of an exception that left it."""
    return ExecutionFailed(
        SimpleNamespace(
            type=type(error),
            msg=str(error),
            formatted=f"{type(error).__name__}: {error}",
            errdisplay="".join(traceback.format_exception(error)).rstrip(),
        )
    )


class WorkerContext(_thread.WorkerContext):
    """Runs the jobs of one worker."""

    @classmethod
    def prepare(cls, initializer, initargs):
        if isinstance(initializer, str):
            raise TypeError("scripts not supported")
        create_context, resolve = super().prepare(initializer, initargs)

        def resolve_task(fn, args, kwargs):
            if isinstance(fn, str):
                raise TypeError("scripts not supported")
            return resolve(fn, args, kwargs)

        return create_context, resolve_task

    def initialize(self):
        import _scheduler

        _scheduler.current.shares_interpreter = False
        super().initialize()

    def run(self, task):
        function, args, kwargs = task
        # A function without variables of others around it is handed over as it is, also one that has no name to find it by.
        if getattr(function, "__closure__", None):
            function = _copy(function)
        args, kwargs = _copy((args, kwargs))
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            failure = _failure(error)
            error.__traceback__ = None
            raise error from failure
        return _copy(result)


class BrokenInterpreterPool(_thread.BrokenThreadPool):
    """A worker's initializer failed."""


class InterpreterPoolExecutor(_thread.ThreadPoolExecutor):
    """Runs jobs in workers that share nothing with the program but its code."""

    BROKEN = BrokenInterpreterPool

    @classmethod
    def prepare_context(cls, initializer, initargs):
        return WorkerContext.prepare(initializer, initargs)

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        prefix = thread_name_prefix or f"InterpreterPoolExecutor-{self._counter()}"
        super().__init__(max_workers, prefix, initializer, initargs)
