import asyncio

# Nothing that another task would make is missing: the key is wrong, or the program is ready for it.
prices = {}

async def load():
    await asyncio.sleep(0.1)
    prices["bread"] = 3
    await asyncio.sleep(0.5)

async def look():
    try:
        return prices["bread"]
    except KeyError:
        await asyncio.sleep(0.2)
    return prices.get("bread")

async def wrong():
    await asyncio.sleep(0.3)
    return {"cheese": 1}["milk"]

async def main():
    tasks = [asyncio.create_task(it()) for it in (load, look, wrong)]
    print(await asyncio.gather(*tasks, return_exceptions=True))

asyncio.run(main())
