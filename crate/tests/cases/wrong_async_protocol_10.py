"""What has neither protocol is no matter of `async`, and each in its own way is as it should be."""

import asyncio
import contextlib
import io


async def main():
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(asyncio.Lock())
        stack.enter_context(io.StringIO())
        try:
            stack.enter_context(asyncio.Event())
        except TypeError as error:
            print(error)


asyncio.run(main())
