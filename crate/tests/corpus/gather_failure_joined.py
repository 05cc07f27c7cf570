"""One of a `gather` fails: the others are cancelled and awaited by hand."""

import asyncio


async def stage(name, seconds, fails=False):
    await asyncio.sleep(seconds)
    if fails:
        raise RuntimeError(f"{name} failed")
    return name


async def all_or_nothing(*coroutines):
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


async def main():
    print(await all_or_nothing(stage("a", 0.1), stage("b", 0.2)))
    try:
        await all_or_nothing(stage("c", 0.1, fails=True), stage("d", 5))
    except RuntimeError as error:
        print(error)


asyncio.run(main())
