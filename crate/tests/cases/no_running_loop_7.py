"""A question that was answered stays one, although the same words are said of another place later."""

import asyncio


def is_running():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


print(is_running())
asyncio.get_running_loop()  # error: no-running-loop at `asyncio.get_running_loop()`
