# A view of a mapping shows the mapping; the views of an ordered one have names of their own.
import collections
import enum


class Color(enum.Enum):
    RED = 1


print(Color.__members__)  # prints: {'RED': <Color.RED: 1>}
print(repr(Color.__members__))  # prints: mappingproxy({'RED': <Color.RED: 1>})
ordered = collections.OrderedDict(a=1)
print(ordered.keys(), ordered.values())  # prints: odict_keys(['a']) odict_values([1])
print(ordered.items(), type(ordered.items()))  # prints: odict_items([('a', 1)]) <class 'odict_items'>
zero = 0
print(zero / -5)  # prints: -0.0
print(t"{zero}" == t"{zero}")  # prints: False
