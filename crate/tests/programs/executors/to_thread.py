"""`asyncio.to_thread` passes context, results and exceptions; work that computes leaves the loop free."""

import asyncio
import contextvars
import threading

request = contextvars.ContextVar("request", default="none")


def show():
    return request.get(), threading.current_thread() is threading.main_thread()


def compute():
    total = 0
    for number in range(5_000_000):
        total += number
    return total


async def main():
    loop = asyncio.get_running_loop()
    request.set("mine")
    print(await asyncio.to_thread(show))  # prints: ('mine', False)
    try:
        await asyncio.to_thread(lambda: {}["missing"])
    except KeyError as error:
        print("caught", error)  # prints: caught 'missing'
    computing = asyncio.create_task(asyncio.to_thread(compute))
    lateness = []
    while not computing.done():
        start = loop.time()
        await asyncio.sleep(0.01)
        lateness.append(loop.time() - start - 0.01)
    print(len(lateness) > 5, max(lateness) < 0.01, computing.result())  # prints: True True 12499997500000


asyncio.run(main())
