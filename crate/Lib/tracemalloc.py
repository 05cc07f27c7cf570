"""The tracer of allocations, which never traces here: programs may ask whether it does, as warnings do."""


def is_tracing():
    return False


def get_object_traceback(obj):
    return None


def get_traceback_limit():
    return 1


def get_traced_memory():
    return (0, 0)


def get_tracemalloc_memory():
    return 0


def reset_peak():
    pass


def clear_traces():
    pass


def stop():
    pass


def start(nframe=1):
    raise RuntimeError("allocations cannot be traced here")


def take_snapshot():
    raise RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot")
