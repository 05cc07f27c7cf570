import asyncio
async def f():
    await asyncio.sleep(0)
def main():
    asyncio.create_task(f())  # error: no-running-loop  # error: coroutine-never-awaited
main()
