"""Arithmetic on small integers in nested `for` and `while` loops."""
from time import perf_counter


def collatz_steps(limit):
    total = 0
    for start in range(1, limit):
        number = start
        while number != 1:
            if number & 1:
                number = 3 * number + 1
            else:
                number >>= 1
            total += 1
    return total


def grid(side):
    total = 0
    for row in range(side):
        for column in range(side):
            total += (row * column) % 7
    return total


begun = perf_counter()
collatz_steps(6_000)
grid(700)
print(perf_counter() - begun)
