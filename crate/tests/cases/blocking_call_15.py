"""A method that uses the loop besides cannot be moved to a thread as a whole."""

import asyncio
import time


class Cart:
    def __init__(self):
        self.changed = asyncio.Event()

    def add(self, item):
        time.sleep(0.3)  # warning: blocking-call
        self.changed.set()  # related: blocking-call # says: This uses the event loop
        print("added", item)


async def main():
    cart = Cart()
    waiting = asyncio.create_task(cart.changed.wait())
    await asyncio.sleep(0)
    cart.add("apple")  # related: blocking-call
    await waiting


asyncio.run(main())
