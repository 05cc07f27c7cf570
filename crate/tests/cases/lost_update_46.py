"""A property that adds what it is given loses nothing, and two objects have a value each."""

import asyncio


class Counter:
    def __init__(self):
        self._value = 0

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value += value


class Cell:
    def __init__(self):
        self._kept = 0

    @property
    def kept(self):
        return self._kept

    @kept.setter
    def kept(self, kept):
        self._kept = kept


async def bump(counter):
    old = counter.value
    await asyncio.sleep(0.01)
    counter.value = old + 1


async def fill(cell):
    old = cell.kept
    await asyncio.sleep(0.01)
    cell.kept = old + 1


async def main():
    counter = Counter()
    await asyncio.gather(bump(counter), bump(counter))
    await asyncio.gather(fill(Cell()), fill(Cell()))
    print(counter.value)


asyncio.run(main())
