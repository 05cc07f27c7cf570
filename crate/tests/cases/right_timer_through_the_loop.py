import asyncio, threading

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    threading.Timer(0.1, loop.call_soon_threadsafe, (future.set_result, 5)).start()
    print(await asyncio.wait_for(future, 1))

asyncio.run(main())
