import asyncio

# It looks again before it writes.
hits = {}

async def hit(page):
    while True:
        seen = hits.get(page, 0)
        await asyncio.sleep(0.01)
        if hits.get(page, 0) == seen:
            hits[page] = seen + 1
            return

async def main():
    await asyncio.gather(hit("/"), hit("/"), hit("/"))
    assert hits == {"/": 3}

asyncio.run(main())
