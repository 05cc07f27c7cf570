# What programs ask of the interpreter itself, and of the classes of asyncio, is as on CPython.
import asyncio
import inspect
import sys

print(sys.implementation.name)  # prints: cpython
print(reversed, isinstance(reversed, type))  # prints: <class 'reversed'> True
print(isinstance(reversed("ab"), reversed), list(reversed("ab")))  # prints: True ['b', 'a']
print(type(reversed([])).__name__)  # prints: list_reverseiterator


class Backwards(reversed):
    pass


print(type(Backwards((1, 2))).__name__, list(Backwards((1, 2))))  # prints: Backwards [2, 1]
print(inspect.signature(asyncio.Future.cancel))  # prints: (self, /, msg=None)
print(inspect.signature(asyncio.Task.cancel))  # prints: (self, /, msg=None)
print(inspect.signature(asyncio.Future.set_result))  # prints: (self, result, /)
