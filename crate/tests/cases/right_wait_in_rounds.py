import asyncio
async def w(n):
    await asyncio.sleep(n)
    return n
async def main():
    pending = {asyncio.create_task(w(n)) for n in (0.1, 2, 3)}
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for d in done:
            print(d.result())
asyncio.run(main())
