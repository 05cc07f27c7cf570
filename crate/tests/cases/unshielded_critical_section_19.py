import asyncio
import time
from contextlib import contextmanager

accounts = {"ann": 100, "bob": 0}

@contextmanager
def measured(name):
    start = time.monotonic()
    try:
        yield
    finally:
        print(name, round(time.monotonic() - start, 2))

async def transfer(source, target, amount):
    with measured("transfer"):
        accounts[source] -= amount
        await asyncio.sleep(0.1)  # error: unshielded-critical-section
        accounts[target] += amount

async def main():
    request = asyncio.create_task(transfer("ann", "bob", 30))
    await asyncio.sleep(0.05)
    request.cancel()
    await asyncio.wait([request])
    print(accounts)

asyncio.run(main())
