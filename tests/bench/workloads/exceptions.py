"""Raising and catching, `with`, and cleaning up."""
from time import perf_counter


class Guard:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return kind is ValueError


def checked(number):
    if number % 3 == 0:
        raise ValueError(number)
    return number


begun = perf_counter()
caught = 0
for number in range(150_000):
    try:
        checked(number)
    except ValueError:
        caught += 1
    finally:
        number += 1
for number in range(60_000):
    with Guard():
        checked(number)
print(perf_counter() - begun)
