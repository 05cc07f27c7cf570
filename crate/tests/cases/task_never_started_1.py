import asyncio
async def f():
    print("f")
async def main():
    t = asyncio.create_task(f())  # warning: task-never-started
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("c")
asyncio.run(main())
