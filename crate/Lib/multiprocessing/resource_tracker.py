"""Elsewhere a process that cleans up after others. What is made here ends with the run."""


def ensure_running():
    """Do nothing."""


def register(name, rtype):
    """Do nothing: a name is forgotten with the run."""


unregister = register


def getfd():
    """Raise OSError: there is no other process to reach."""
    raise OSError(38, "there is no process that tracks resources")


class ResourceTracker:
    """What stands for the process: it never runs."""

    def ensure_running(self):
        """Do nothing."""

    def _stop(self):
        pass


_resource_tracker = ResourceTracker()
