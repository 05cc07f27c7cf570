import asyncio
class Repo:
    async def get(self, k):
        await asyncio.sleep(0.1)
        return k
    async def all(self):
        return [self.get(k) for k in "ab"]  # error: coroutine-never-awaited
async def main():
    r = Repo()
    x = await r.all()
    print(type(x))
asyncio.run(main())
