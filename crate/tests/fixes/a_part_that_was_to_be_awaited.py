# coroutine-as-value: await it
# prints: {"name": "Ada"}

import asyncio
import json


async def name():
    await asyncio.sleep(0.1)
    return "Ada"


async def main():
    user = {"name": name()}
    try:
        print(json.dumps(user))
    except TypeError:
        print("no user")


asyncio.run(main())
