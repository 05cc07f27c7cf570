# coroutine-as-value: await it
# prints: Ada

import asyncio


async def load():
    await asyncio.sleep(0.1)
    return {"name": "Ada"}


async def main():
    user = asyncio.create_task(load())
    try:
        print(user["name"])
    except TypeError:
        print("no user")
    await asyncio.sleep(1)


asyncio.run(main())
