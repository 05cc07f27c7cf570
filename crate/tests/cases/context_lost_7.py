"""The value that was set before the loop ran is what is to be read again."""

import asyncio
import contextvars

level = contextvars.ContextVar("level")
level.set("outer")


async def work():
    level.set("inner")
    await asyncio.sleep(0)


async def main():
    await asyncio.create_task(work())
    assert level.get() == "outer"


asyncio.run(main())
