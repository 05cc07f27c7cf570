import asyncio
async def main():
    next_time = 0
    loop = asyncio.get_running_loop()
    for n in range(20):
        while loop.time() < next_time:
            await asyncio.sleep(0.05)
        next_time = loop.time() + 0.1
        print(n)
asyncio.run(main())
