import asyncio


async def job(n):
    await asyncio.sleep(n)


async def main():
    global saved
    saved = asyncio.get_running_loop()


asyncio.run(main())
saved.call_soon(print, "late")  # error: closed-loop-used at `saved.call_soon(print, "late")`
