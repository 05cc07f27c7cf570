"""`ProcessPoolExecutor` on simulated threads that do not share their interpreter.

There is one process. What is simulated: a job is copied to its worker and its result back, as between processes, so what
cannot be pickled fails as it should; workers compute side by side, each on a processor of its own. What is not: the modules
of a worker are those of the program, so a global variable that a job changes is changed for all.
"""

import os
import pickle
import traceback
from concurrent.futures import _base
from concurrent.futures.thread import ThreadPoolExecutor

EXTRA_QUEUED_CALLS = 1


class BrokenProcessPool(_base.BrokenExecutor):
    """A worker ended in the middle of a job."""


class _RemoteTraceback(Exception):
    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


def _run(job):
    """In a worker: take the job's copy, do it, and give the outcome's copy back."""
    import _scheduler

    _scheduler.current.shares_interpreter = False
    function, args, kwargs = pickle.loads(job)
    try:
        result = function(*args, **kwargs)
    except BaseException as error:
        text = "".join(traceback.format_exception(error))
        error.__cause__ = _RemoteTraceback(f'\n"""\n{text}"""')
        error.__traceback__ = None
        raise error
    return pickle.loads(pickle.dumps(result))


class ProcessPoolExecutor(_base.Executor):
    """Runs jobs in workers that share nothing with the program but its code."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is None:
            max_workers = os.process_cpu_count() or 1
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._pool = ThreadPoolExecutor(max_workers, "ForkProcess", initializer, initargs)

    def submit(self, fn, /, *args, **kwargs):
        try:
            job = pickle.dumps((fn, args, kwargs))
        except Exception as error:
            future = _base.Future()
            future.set_exception(error)
            return future
        return self._pool.submit(_run, job)

    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        return super().map(fn, *iterables, timeout=timeout, buffersize=buffersize)

    map.__doc__ = _base.Executor.map.__doc__

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    shutdown.__doc__ = _base.Executor.shutdown.__doc__

    def kill_workers(self):
        """Abandon what has not begun."""
        self.shutdown(wait=False, cancel_futures=True)

    terminate_workers = kill_workers
