"""What it returned was true, whatever the text says of it."""

import asyncio


class Logged:
    def __init__(self, quiet):
        self.quiet = quiet

    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0.1)
        return self.quiet  # warning: cancellation-swallowed at `return self.quiet`


async def work():
    async with Logged(True):
        await asyncio.sleep(9)
    await asyncio.sleep(0.01)


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
