import asyncio


async def probe(port, seconds):
    await asyncio.sleep(seconds)
    return port


async def main():
    slow = asyncio.create_task(probe(8001, 0.9))
    quick = asyncio.create_task(probe(8002, 0.2))
    middle = asyncio.create_task(probe(8003, 0.5))
    done, pending = await asyncio.wait(
        [slow, quick, middle],
        return_when=asyncio.FIRST_COMPLETED,
    )
    for task in done:
        print("open:", task.result())
    print("still trying:", len(pending))
    for task in pending:
        task.cancel()
    await asyncio.wait(pending)


asyncio.run(main())

# prints: open: 8002
# prints: still trying: 2
# outcome: completed
