import asyncio

class Snapshot:
    def __init__(self, data):
        self.data = data

    def __enter__(self):
        self.before = dict(self.data)
        return self

    def __exit__(self, kind, error, traceback):
        if kind is not None:
            self.data.clear()
            self.data.update(self.before)

accounts = {"ann": 100, "bob": 0}

async def transfer(source, target, amount):
    with Snapshot(accounts):
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
