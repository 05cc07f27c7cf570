import asyncio
async def heartbeat():
    while True:
        await asyncio.sleep(1)
        print("beat")
async def main():
    t = asyncio.create_task(heartbeat())
    await asyncio.sleep(3.5)
    print("end")
asyncio.run(main())
