import asyncio

# Whoever was cancelled says so in words of its own.
class Interrupted(asyncio.CancelledError):
    pass

async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        raise Interrupted("work") from error

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        print(type(error).__name__)

asyncio.run(main())
