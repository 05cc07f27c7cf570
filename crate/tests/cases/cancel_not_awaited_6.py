import asyncio
async def f(n):
    await asyncio.sleep(n)
    return n
async def main():
    ts = [asyncio.create_task(f(n)) for n in (0.1, 0.5)]
    done, pending = await asyncio.wait(ts, return_when=asyncio.FIRST_COMPLETED)
    for p in pending:
        p.cancel()  # info: cancel-not-awaited
    print(done.pop().result())
    await asyncio.sleep(0.1)
asyncio.run(main())
