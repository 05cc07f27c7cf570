"""A coroutine that an attribute keeps was made in one place, and is used up after the first time."""

import asyncio


async def job(number):
    await asyncio.sleep(0.01)
    return number


class Lazy:
    def __init__(self, job):
        self.job = job

    async def get(self):
        return await self.job  # error: coroutine-reused at `await self.job`


async def main():
    lazy = Lazy(job(3))  # related: coroutine-reused
    print(await lazy.get())
    try:
        print(await lazy.get())
    except RuntimeError as error:
        print(error)


asyncio.run(main())
