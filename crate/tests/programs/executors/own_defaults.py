"""Functions of one piece of code that differ in their defaults, each in a thread of its own."""

import asyncio
import threading
import time


def wait(number):
    time.sleep(0.01)
    return number


async def main():
    threads = []
    for number in range(3):

        def show(value=number, *, factor=number * 10):
            print(wait(value), factor)

        threads.append(threading.Thread(target=show))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # prints: 0 0
    # prints: 1 10
    # prints: 2 20
    print(await asyncio.gather(*[asyncio.to_thread(lambda n=n: wait(n)) for n in "abc"]))  # prints: ['a', 'b', 'c']


asyncio.run(main())

# A function's globals are its own as well.
CODE = compile("def name(): wait(0); print(NAME)", "same", "exec")
for given in ("one", "two"):
    names = {"NAME": given, "wait": wait}
    exec(CODE, names)
    thread = threading.Thread(target=names["name"])
    thread.start()
    thread.join()
# prints: one
# prints: two
