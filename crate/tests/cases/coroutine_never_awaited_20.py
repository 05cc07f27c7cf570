"""What wants a function to call cannot do with a coroutine."""

import asyncio
import threading


async def report(task=None):
    print("done", task)


async def main():
    try:
        await asyncio.to_thread(report())  # error: coroutine-never-awaited # says: `to_thread()` wants a function to call
    except TypeError as error:
        print(error)
    thread = threading.Thread(target=report())  # error: coroutine-never-awaited # says: `Thread()` wants a function
    thread.start()
    thread.join()


async def one_by_one():
    for result in asyncio.as_completed([report()]):  # error: coroutine-never-awaited # says: has to be awaited
        print(type(result))
    await asyncio.sleep(0)


asyncio.run(main())
asyncio.run(one_by_one())
