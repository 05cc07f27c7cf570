import asyncio
import time


async def report():
    time.sleep(0.3)  # warning: blocking-call


async def main():
    print(asyncio.get_running_loop().get_debug())
    await report()


asyncio.run(main())

# prints: True
# outcome: completed
