import asyncio
async def main():
    q = asyncio.Queue()
    print(await q.get())  # error: deadlock
asyncio.run(main())
