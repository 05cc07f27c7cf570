import asyncio, threading
async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    def work():
        event.set()  # error: not-thread-safe-call
    w = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    t = threading.Thread(target=work)
    t.start()
    await asyncio.wait_for(w, 5)
asyncio.run(main())
