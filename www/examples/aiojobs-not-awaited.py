import asyncio

import aiojobs


async def job(number):
    await asyncio.sleep(number / 10)


async def main():
    scheduler = aiojobs.create_scheduler()
    for number in range(100):
        await scheduler.spawn(job(number))  # error: coroutine-as-value
    await scheduler.close()


asyncio.run(main())

# outcome: raised
