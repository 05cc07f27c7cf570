import asyncio
def schedule(coro):
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coro)
    return loop.create_task(coro)
async def f():
    await asyncio.sleep(0.1)
    return 5
print(schedule(f()))
async def main():
    print(await schedule(f()))
asyncio.run(main())
