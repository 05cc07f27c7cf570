import asyncio


class Cache:
    async def has(self, key):
        await asyncio.sleep(0)
        return False

    async def get(self, key):
        await asyncio.sleep(0)
        return None


async def main():
    cache = Cache()
    if not cache.has("x"):  # error: coroutine-as-value at `cache.has("x")`
        print("miss")
    value = cache.get("x") or "default"  # error: coroutine-as-value at `cache.get("x")`
    while cache.has("y"):  # error: coroutine-as-value at `cache.has("y")`
        break
    print("len", len([cache.get("z")]))  # error: coroutine-never-awaited at `cache.get("z")`
    assert cache.has("z")  # error: coroutine-as-value at `cache.has("z")`


asyncio.run(main())
