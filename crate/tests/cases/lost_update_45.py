"""A property that only keeps what it is given is an attribute like any other."""

import asyncio


class Counter:
    def __init__(self):
        self._value = 0

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = value


async def bump(counter):
    old = counter.value
    await asyncio.sleep(0.01)
    counter.value = old + 1  # error: lost-update


async def main():
    counter = Counter()
    await asyncio.gather(bump(counter), bump(counter))
    print(counter.value)


asyncio.run(main())
