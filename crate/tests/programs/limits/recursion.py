# What recurses as deep as CPython allows is fine, and what never ends is ended by a RecursionError, by whichever way it goes:
# through calls, through awaits, or through native code, which takes far more of a browser's stack.
import asyncio
import contextlib
import functools


def calls(n):
    return n and calls(n - 1)


async def awaits(n):
    if n:
        await awaits(n - 1)


async def waits(task):
    await task


async def row():
    task = asyncio.create_task(asyncio.sleep(9))
    for _ in range(3000):
        task = asyncio.create_task(waits(task))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    return task.cancelled()


def generator(n):
    yield n
    yield from generator(n + 1)


def sort(n):
    sorted([1], key=lambda _: sort(n + 1))


def part(n):
    functools.partial(part, n + 1)()


def maps(n):
    list(map(maps, [n + 1]))


def sums(n):
    return sum(sums(n + 1) for _ in [1])


def evaluates(n):
    exec("evaluates(n + 1)", {"evaluates": evaluates, "n": n})


@functools.lru_cache
def cached(n):
    return cached(n + 1)


@contextlib.contextmanager
def context(n):
    with context(n + 1):
        yield


class Odd:
    def __init__(self, n=0):
        self.n = n

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __add__(self, other):
        return self + other

    def __str__(self):
        return f"{self}"

    def __call__(self):
        self()


class Nested:
    def __init__(self):
        Nested()


async def endless(n):
    await endless(n + 1)


async def iterates(n):
    async for _ in iterates(n + 1):
        yield


@contextlib.asynccontextmanager
async def acontext(n):
    async with acontext(n + 1):
        yield


async def enters():
    async with acontext(0):
        pass


async def goes_over():
    async for _ in iterates(0):
        pass


calls(900)
asyncio.run(awaits(900))
print("deep enough:", asyncio.run(row()))  # prints: deep enough: True
for name, recurse in {
    "generator": lambda: list(generator(0)),
    "sort": lambda: sort(0),
    "part": lambda: part(0),
    "maps": lambda: maps(0),
    "sums": lambda: sums(0),
    "evaluates": lambda: evaluates(0),
    "cached": lambda: cached(0),
    "context": lambda: context(0).__enter__(),
    "attribute": lambda: Odd().x,
    "sum": lambda: Odd() + 1,
    "text": lambda: str(Odd()),
    "call": lambda: Odd()(),
    "nested": Nested,
    "endless": lambda: asyncio.run(endless(0)),
    "goes over": lambda: asyncio.run(goes_over()),
    "enters": lambda: asyncio.run(enters()),
}.items():
    try:
        recurse()
        print(name, "came back")
    except RecursionError:
        print(name)
# prints: generator
# prints: sort
# prints: part
# prints: maps
# prints: sums
# prints: evaluates
# prints: cached
# prints: context
# prints: attribute
# prints: sum
# prints: text
# prints: call
# prints: nested
# prints: endless
# prints: goes over
# prints: enters
