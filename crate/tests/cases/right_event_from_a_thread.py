import asyncio, threading, time
async def main():
    event = asyncio.Event()
    loop = asyncio.get_running_loop()
    def later():
        time.sleep(2)
        loop.call_soon_threadsafe(event.set)
    t = threading.Thread(target=later)
    t.start()
    await event.wait()
    print("set")
    t.join()
asyncio.run(main())
