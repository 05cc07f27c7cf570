import asyncio

hits = {}

async def hit(page):
    seen = hits.get(page, 0)
    await asyncio.sleep(0.01)
    hits[page] = seen + 1  # error: lost-update

async def main():
    await asyncio.gather(hit("/"), hit("/"), hit("/"))
    print(hits)

asyncio.run(main())
