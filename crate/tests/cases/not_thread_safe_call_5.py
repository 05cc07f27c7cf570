import asyncio, threading

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    timer = threading.Timer(0.1, future.cancel)
    timer.start()  # error: not-thread-safe-call
    try:
        await asyncio.wait_for(future, 1)
    except (asyncio.CancelledError, TimeoutError) as error:
        print(type(error).__name__)

asyncio.run(main())
