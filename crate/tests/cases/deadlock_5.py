import asyncio
async def producer(q):
    for n in range(3):
        await q.put(n)
async def consumer(q):
    while True:
        print(await q.get())  # error: deadlock
async def main():
    q = asyncio.Queue()
    await asyncio.gather(producer(q), consumer(q))
asyncio.run(main())
