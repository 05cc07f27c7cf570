import asyncio
async def f():
    return 1
async def main():
    loop = asyncio.get_running_loop()
    fut = asyncio.run_coroutine_threadsafe(f(), loop)
    print(fut.result())  # error: sync-wait-on-own-loop
asyncio.run(main())
