"""Who makes a future needs the loop, and asks nothing."""

import asyncio

try:
    future = asyncio.Future()  # error: no-running-loop at `asyncio.Future()`
except RuntimeError as error:
    print(error)
