import asyncio
async def w(n):
    await asyncio.sleep(n)
    return n
async def main():
    ts = [asyncio.create_task(w(n)) for n in (0.1, 2)]
    done, pending = await asyncio.wait(ts, timeout=1)
    for t in pending:
        t.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    print(len(done))
asyncio.run(main())
