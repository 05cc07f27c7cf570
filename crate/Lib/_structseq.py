"""Tuples with named fields, as the interpreter's own modules return them.

`time.struct_time`, `os.stat_result` and their like are made by native code elsewhere. Ours are made here: a tuple
subclass with the visible fields, further fields that are attributes only, and CPython's repr, pickling and messages.
"""


class _Field:
    """One named field, readable only."""

    __slots__ = ("_position", "_visible")

    def __init__(self, position, visible):
        self._position = position
        self._visible = visible

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self._position < self._visible:
            return tuple.__getitem__(instance, self._position)
        return instance.__dict__["_hidden"][self._position - self._visible]

    def __set__(self, instance, value):
        raise AttributeError("readonly attribute")


class _StructSequence(tuple):
    """The behaviour that all of these types have in common."""

    def __new__(cls, sequence, dict=None):
        if not hasattr(sequence, "__iter__"):
            raise TypeError("constructor requires a sequence")
        items = tuple(sequence)
        least, most = cls.n_sequence_fields, cls.n_fields
        if not least <= len(items) <= most:
            bound = "" if least == most else "at least " if len(items) < least else "at most "
            article = "an" if bound else "a"
            limit = most if len(items) > most else least
            raise TypeError(f"{cls._name}() takes {article} {bound}{limit}-sequence ({len(items)}-sequence given)")
        self = tuple.__new__(cls, items[:least])
        given = dict or {}
        names = cls._fields[len(items):]
        self.__dict__["_hidden"] = items[least:] + tuple([given.get(name) for name in names])
        return self

    def __setattr__(self, name, value):
        if name in type(self)._fields:
            raise AttributeError("readonly attribute")
        raise AttributeError(f"'{type(self)._name}' object has no attribute '{name}'")

    def __repr__(self):
        # The unnamed items of `os.stat_result` are shown under the names of the attributes that follow them.
        names = [name for name in type(self)._fields if name]
        inside = ", ".join([f"{name}={value!r}" for name, value in zip(names, self)])
        return f"{type(self)._name}({inside})"

    def __reduce__(self):
        cls = type(self)
        hidden = dict(zip(cls._fields[cls.n_sequence_fields:], self.__dict__["_hidden"]))
        return cls, (tuple(self), hidden)

    def __replace__(self, /, **changes):
        cls = type(self)
        values = dict(zip(cls._fields, tuple(self) + self.__dict__["_hidden"]))
        unknown = [name for name in changes if name not in values]
        if unknown:
            raise TypeError(f"Got unexpected field name(s): {unknown!r}")
        values.update(changes)
        return cls(values.values())


def structseq(qualified_name, visible, hidden="", unnamed=0, doc=None):
    """Make a type. The first name's module is where it pretends to live; `unnamed` visible items come after the
    named ones, which CPython has in `os.stat_result` alone."""
    module, _, name = qualified_name.rpartition(".")
    shown, extra = visible.split(), hidden.split()
    length = len(shown) + unnamed
    names = tuple(shown) + (None,) * unnamed + tuple(extra)
    namespace = {
        "__module__": module,
        "__qualname__": name,
        "__doc__": doc,
        "_name": qualified_name,
        "_fields": names,
        "__match_args__": tuple(shown),
        "n_sequence_fields": length,
        "n_fields": len(names),
        "n_unnamed_fields": unnamed,
    }
    for position, field in enumerate(names):
        if field is not None:
            namespace[field] = _Field(position, length)
    return type(name, (_StructSequence,), namespace)
