"""Calls of plain functions: recursion, default and keyword arguments, closures."""
from time import perf_counter


def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)


def scaled(value, factor=2, *, offset=0):
    return value * factor + offset


def counter():
    count = 0

    def add(amount):
        nonlocal count
        count += amount
        return count

    return add


begun = perf_counter()
fibonacci(23)
for turn in range(150_000):
    scaled(turn, factor=3, offset=1)
add_up = counter()
for turn in range(200_000):
    add_up(turn)
print(perf_counter() - begun)
