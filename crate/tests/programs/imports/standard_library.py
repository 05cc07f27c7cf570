"""The modules that tutorials import, each used once."""

import base64
import bisect
import collections
import contextlib
import contextvars
import copy
import dataclasses
import datetime
import enum
import fractions
import functools
import gc
import hashlib
import heapq
import html
import inspect
import ipaddress
import itertools
import json
import logging
import math
import operator
import os
import platform
import pprint
import queue
import random
import re
import secrets
import shlex
import string
import struct
import sys
import textwrap
import time
import traceback
import types
import typing
import urllib.parse
import uuid
import warnings
import weakref
import zlib
import zoneinfo

print(base64.b64encode(b"abc"), bisect.bisect([1, 3], 2))  # prints: b'YWJj' 1
print(collections.Counter("aab").most_common(1), collections.deque([1], maxlen=1))  # prints: [('a', 2)] deque([1], maxlen=1)
with contextlib.suppress(KeyError), contextlib.ExitStack() as stack:
    stack.callback(print, "closed")  # prints: closed
    {}["x"]
print(contextvars.copy_context().run(lambda: 1), copy.deepcopy([[1]]))  # prints: 1 [[1]]


@dataclasses.dataclass(order=True, slots=True)
class Point:
    x: int
    y: list = dataclasses.field(default_factory=list)


print(Point(1), dataclasses.replace(Point(1), x=2).x)  # prints: Point(x=1, y=[]) 2
print(datetime.datetime.now().year, datetime.timedelta(hours=1))  # prints: 2026 1:00:00
print(fractions.Fraction(1, 3) + 1)  # prints: 4/3
Color = enum.Enum("Color", "RED GREEN")
print(Color.RED, Color(2).name)  # prints: Color.RED GREEN
print(functools.reduce(operator.add, itertools.chain([1], [2])), functools.lru_cache(len)("abc"))  # prints: 3 3
print(gc.isenabled(), hashlib.sha256(b"x").hexdigest()[:8], hashlib.md5(b"x").hexdigest()[:8])  # prints: True 2d711642 9dd4e461
print(heapq.nsmallest(2, [3, 1, 2]), html.escape("<a>"))  # prints: [1, 2] &lt;a&gt;
print(inspect.signature(lambda a, *, b=1: 0), inspect.iscoroutinefunction(print))  # prints: (a, *, b=1) False
print(ipaddress.ip_address("127.0.0.1").is_loopback, json.dumps({"a": [1]}))  # prints: True {"a": [1]}
logging.getLogger("x").warning("logged")  # reports: logged
print(math.isclose(math.pi, 3.14159, abs_tol=1e-3), os.path.join("a", "b"))  # prints: True a/b
print(platform.python_version().rsplit(".", 1)[0], platform.system())  # prints: 3.14 Linux
pprint.pprint({"b": 1, "a": 2})  # prints: {'a': 2, 'b': 1}
print(queue.PriorityQueue().empty(), 0 <= random.random() < 1)  # prints: True True
print(re.sub(r"(\w+)@", r"\1 at ", "me@x"), len(secrets.token_hex(4)))  # prints: me at x 8
print(shlex.split("a 'b c'"))  # prints: ['a', 'b c']
print(string.ascii_letters[:3], struct.pack("<H", 1), sys.version_info[:2])  # prints: abc b'\x01\x00' (3, 14)
print(textwrap.dedent("  x"), time.strftime("%Y", time.gmtime(0)))  # prints: x 1970
print(traceback.format_exception_only(ValueError("v")))  # prints: ['ValueError: v\n']
print(types.SimpleNamespace(a=1), typing.get_type_hints(Point)["x"])  # prints: namespace(a=1) <class 'int'>
print(urllib.parse.urlsplit("http://a/b?c=d").query, uuid.uuid4().version)  # prints: c=d 4
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("careful")
print(len(caught), zlib.decompress(zlib.compress(b"z")))  # prints: 1 b'z'
print(len(weakref.WeakSet()), zoneinfo.ZoneInfo is not None)  # prints: 0 True
