import asyncio, threading
async def main():
    q = asyncio.Queue()
    def work():
        q.put_nowait(1)  # error: not-thread-safe-call
    t = threading.Thread(target=work)
    getting = asyncio.create_task(q.get())
    await asyncio.sleep(0.1)
    t.start()
    print(await asyncio.wait_for(getting, 5))
asyncio.run(main())
