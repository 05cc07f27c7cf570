"""A coroutine that came in as a parameter was made by a caller."""

import asyncio


async def fetch(number):
    await asyncio.sleep(0.1)
    return number


async def retry(job, attempts=3):
    for _ in range(attempts):
        try:
            async with asyncio.timeout(0.05):
                return await job  # error: coroutine-reused at `await job`
        except TimeoutError:
            print("again")


async def twice(first, *, second):
    print(await first, await second)


class Client:
    async def send(self, job):
        return await job  # error: coroutine-reused


async def report(job):
    print(await job)  # error: coroutine-reused


async def main():
    job = fetch(1)  # related: coroutine-reused
    try:
        await retry(job)
    except RuntimeError as error:
        print(error)
    shared = fetch(2)  # related: coroutine-reused
    print(await shared)  # related: coroutine-reused
    try:
        await Client().send(shared)
    except RuntimeError as error:
        print(error)
    used = fetch(3)  # related: coroutine-reused
    await used  # related: coroutine-reused
    await asyncio.gather(asyncio.create_task(report(used)), return_exceptions=True)
    await twice(fetch(4), second=fetch(5))


asyncio.run(main())
