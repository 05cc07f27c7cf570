import asyncio

async def notify(user):
    await asyncio.sleep(0)

async def main(debug=False):
    if debug:
        notify("root")  # error: coroutine-never-awaited
    await notify("ann")

asyncio.run(main())
