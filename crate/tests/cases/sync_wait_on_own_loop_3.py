import asyncio, queue
q = queue.Queue()
async def consumer():
    print(q.get())  # error: sync-wait-on-own-loop  # says: `queue.Queue.get()` waits here
async def producer():
    await asyncio.sleep(0.1)
    q.put(1)
async def main():
    await asyncio.gather(consumer(), producer())
asyncio.run(main())
