import asyncio
from contextlib import contextmanager

accounts = {"ann": 100, "bob": 0}

@contextmanager
def all_or_nothing():
    before = dict(accounts)
    try:
        yield
    except BaseException:
        accounts.update(before)
        raise

async def transfer(source, target, amount):
    with all_or_nothing():
        accounts[source] -= amount
        await asyncio.sleep(0.1)
        accounts[target] += amount

async def main():
    request = asyncio.create_task(transfer("ann", "bob", 30))
    await asyncio.sleep(0.05)
    request.cancel()
    await asyncio.wait([request])
    assert accounts["ann"] == 100

asyncio.run(main())
