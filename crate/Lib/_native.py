"""Lets functions written in Python stand in for built-in ones.

A built-in function that is kept in a class, such as `converter = time.localtime`, is no method of it: it is called
without the instance. A function written in Python would become one. A `staticmethod` never does, and it can be called
like the function itself, so the host modules offer their functions in that form.
"""

_FUNCTION = type(lambda: None)

# The module and the name of each function, by its identity: these live as long as the interpreter does.
_places = {}


def publish(namespace):
    """Put every public function of a module into a form that does not bind."""
    for name, value in list(namespace.items()):
        if type(value) is _FUNCTION and not name.startswith("_"):
            namespace[name] = staticmethod(value)
            _places[id(namespace[name])] = namespace["__name__"], name


def find(module, name):
    """Return a published function."""
    return getattr(__import__(module), name)


def pickled(function):
    """How `pickle` keeps a published function, as it keeps a built-in one: by where it is found."""
    if id(function) not in _places:
        raise TypeError("cannot pickle 'staticmethod' object")
    return find, _places[id(function)]
