import asyncio


async def worker(gate, seconds):
    async with gate:  # 0.5: BoundedSemaphore held by one and two, waited for by three and four; 1.5: BoundedSemaphore held by two and three, waited for by four; 2.5: BoundedSemaphore held by three and four
        await asyncio.sleep(seconds)


async def signals():
    """A semaphore may be given more than it had: who takes that holds it for good."""
    await asyncio.sleep(6)
    made = asyncio.Semaphore(0)
    made.release()
    await made.acquire()  # 6.5: Semaphore held by signals
    await asyncio.sleep(1)
    # Another gives it back.
    await asyncio.create_task(give_back(made), name="other")
    await asyncio.sleep(1)


async def give_back(semaphore):
    semaphore.release()


async def main():
    gate = asyncio.BoundedSemaphore(2)
    pairs = [("one", 1), ("two", 2), ("three", 4), ("four", 3)]
    tasks = [asyncio.create_task(worker(gate, seconds), name=name) for name, seconds in pairs]
    await asyncio.gather(*tasks, asyncio.create_task(signals(), name="signals"))


asyncio.run(main())
