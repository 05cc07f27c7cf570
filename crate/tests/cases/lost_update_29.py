import asyncio

class Wallet:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._cents = {"ann": 100}

    async def get(self, name):
        await asyncio.sleep(0)
        return self._cents.get(name, 0)

    async def set(self, name, cents):
        await asyncio.sleep(0)
        self._cents[name] = cents

    async def add(self, name, cents):
        async with self._lock:
            have = await self.get(name)
            if not await self.allowed(have + cents):
                print("refused")
                return
            await self.set(name, have + cents)

    async def allowed(self, cents):
        await asyncio.sleep(0.01)
        return cents > 0

async def main():
    wallet = Wallet()
    await asyncio.gather(*(wallet.add("ann", n) for n in (-30, -50, -40, 5)))
    print(wallet._cents)

asyncio.run(main())
