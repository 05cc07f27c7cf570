"""Coroutines of a list are used up after the first `gather()`; that the second drops their errors is a consequence."""

import asyncio


async def job(number):
    await asyncio.sleep(0.01)
    return number


async def run_all(jobs):
    return await asyncio.gather(*jobs)  # error: coroutine-reused


async def main():
    jobs = [job(number) for number in range(2)]  # related: coroutine-reused
    print(await run_all(jobs))  # related: coroutine-reused
    try:
        print(await run_all(jobs))
    except RuntimeError as error:
        print(error)


asyncio.run(main())
