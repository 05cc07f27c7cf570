# What native code does takes its time as well, about as long as in an ordinary CPython: here more than the factor of two,
# which the calibration of the bench is about, would mean that something is not counted.
import asyncio
import base64
import bz2
import collections
import hashlib
import heapq
import json
import math
import pickle
import re
import zlib
from time import perf_counter

words = "lorem ipsum dolor sit amet " * 8000
data = words.encode()
rows = [{"number": number, "text": str(number)} for number in range(5000)]
written = json.dumps(rows)
pickled = pickle.dumps(rows)
numbers = [number * 7919 % 100_003 for number in range(100_000)]

# The milliseconds of CPython 3.14.
work = {
    "find all": (8.0, lambda: re.findall(r"\w+", words)),
    "backtrack": (45.0, lambda: re.match(r"(a+)+$", "a" * 20 + "b")),
    "search": (0.17, lambda: re.search("zzz", words)),
    "replace": (0.25, lambda: words.replace("o", "00")),
    "split": (2.1, lambda: words.split()),
    "find": (0.13, lambda: words.find("zzz")),
    "hash": (2.3, lambda: hashlib.sha256(data * 10).digest()),
    "encode": (0.33, lambda: base64.b64encode(data)),
    "squeeze": (30.0, lambda: bz2.compress(data)),
    "write": (5.5, lambda: json.dumps(rows)),
    "read": (2.5, lambda: json.loads(written)),
    "pickle": (1.5, lambda: pickle.dumps(rows)),
    "unpickle": (0.9, lambda: pickle.loads(pickled)),
    "set": (3.0, lambda: set(numbers)),
    "count": (4.0, lambda: collections.Counter(numbers)),
    "heap": (5.0, lambda: heapq.heapify(list(numbers))),
    "texts": (9.0, lambda: list(map(str, numbers))),
    "show": (9.0, lambda: repr(numbers)),
    "insert": (20.0, lambda: [numbers.insert(0, 1) for _ in range(1000)]),
    "repeat": (30.0, lambda: [0] * 10_000_000),
    "factorial": (0.6, lambda: math.factorial(5000)),
}
for name, (expected, run) in work.items():
    begun = perf_counter()
    run()
    took = (perf_counter() - begun) * 1000
    if not expected / 4 < took < expected * 4:
        print(f"{name}: {took:.2f} ms instead of {expected}")
print("counted")  # prints: counted


async def tick():
    for _ in range(3):
        await asyncio.sleep(0.01)


async def main():
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    before = perf_counter()
    json.loads(json.dumps(rows * 20))
    blocked = perf_counter() - before
    await ticking
    return blocked


print(asyncio.run(main()) > 0.05)  # prints: True
