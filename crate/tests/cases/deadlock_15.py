"""Two threads take the locks of two objects in opposite order, and the loop waits for both."""

import asyncio
import threading
import time


class Account:
    def __init__(self, balance):
        self.lock = threading.Lock()
        self.balance = balance


def transfer(source, target, amount):
    with source.lock:
        time.sleep(0.1)
        with target.lock:  # error: deadlock  # says: holds `source.lock` and waits for `target.lock`
            source.balance -= amount
            target.balance += amount


async def main():
    one, other = Account(10), Account(10)
    await asyncio.gather(  # related: deadlock
        asyncio.to_thread(transfer, one, other, 1),
        asyncio.to_thread(transfer, other, one, 2),
    )


asyncio.run(main())
