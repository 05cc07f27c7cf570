"""Lets functions written in Python stand in for built-in ones.

A built-in function that is kept in a class, such as `converter = time.localtime`, is no method of it: it is called
without the instance. A function written in Python would become one. A `staticmethod` never does, and it can be called
like the function itself, so the host modules offer their functions in that form.
"""

_FUNCTION = type(lambda: None)


def publish(namespace):
    """Put every public function of a module into a form that does not bind."""
    for name, value in list(namespace.items()):
        if type(value) is _FUNCTION and not name.startswith("_"):
            namespace[name] = staticmethod(value)
