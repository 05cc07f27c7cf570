import asyncio

stats = {"done": 0}

async def more(seen):
    await asyncio.sleep(0.01)
    return seen < 1

async def work():
    seen = stats["done"]
    while await more(seen):
        seen = seen + 1
        stats["done"] = seen  # error: lost-update

async def main():
    await asyncio.gather(work(), work())
    print(stats)

asyncio.run(main())
