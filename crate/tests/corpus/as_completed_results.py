"""Results in the order in which they come, errors among them."""

import asyncio


async def measure(sensor, seconds):
    await asyncio.sleep(seconds)
    if sensor == "broken":
        raise OSError(sensor)
    return sensor, seconds


async def main():
    plan = {"north": 0.3, "south": 0.1, "broken": 0.2}
    tasks = [asyncio.create_task(measure(sensor, seconds)) for sensor, seconds in plan.items()]
    for next_one in asyncio.as_completed(tasks):
        try:
            print(await next_one)
        except OSError as error:
            print("no answer from", error)
    async for task in asyncio.as_completed([asyncio.create_task(measure("east", 0.1))]):
        print(await task)


asyncio.run(main())
