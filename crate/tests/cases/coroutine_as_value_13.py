import asyncio
import json


async def load():
    await asyncio.sleep(0)
    return {"a": 1}


async def main():
    print(json.dumps(load()))  # error: coroutine-as-value


asyncio.run(main())
