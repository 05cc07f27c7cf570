"""Tasks that each set a value of their own want to be kept apart: whoever made them all cannot have meant to read one of them."""

import asyncio
from contextvars import ContextVar

language = ContextVar("language", default="en")


async def greet(code):
    language.set(code)
    await asyncio.sleep(0.01)
    return language.get()


async def main():
    first = asyncio.create_task(greet("fr"))
    second = asyncio.create_task(greet("de"))
    print(await first, await second, language.get())


asyncio.run(main())
