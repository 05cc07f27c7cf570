import asyncio

# Each is ready for it, in one way or another.
class Accounts:
    def __init__(self):
        self.money = {"ann": 100, "bob": 0}
        self.open = 0
        self.lock = asyncio.Lock()

    async def undone(self, amount):
        self.money["ann"] -= amount
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            self.money["ann"] += amount
            raise
        self.money["bob"] += amount

    async def finished(self, amount):
        self.money["ann"] -= amount
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            self.money["bob"] += amount
            raise
        self.money["bob"] += amount

    async def limited(self, amount):
        self.open += 1
        try:
            async with asyncio.timeout(0.1):
                await asyncio.sleep(1)
        except TimeoutError:
            pass
        self.open -= 1

    async def taken_back(self, amount):
        self.money["ann"] -= amount
        await asyncio.sleep(1)
        self.money["bob"] += amount

async def pay(accounts, amount):
    before = dict(accounts.money)
    try:
        await accounts.taken_back(amount)
    except asyncio.CancelledError:
        accounts.money = before
        raise

async def main():
    accounts = Accounts()
    for attempt in (accounts.undone(1), accounts.finished(2), accounts.limited(3), pay(accounts, 4)):
        task = asyncio.create_task(attempt)
        await asyncio.sleep(0.5)
        task.cancel()
        await asyncio.wait([task])
    assert accounts.money == {"ann": 98, "bob": 2} and accounts.open == 0

asyncio.run(main())
