import asyncio
async def w(n):
    await asyncio.sleep(n)
    print("end", n)
async def main():
    ts = [asyncio.create_task(w(n)) for n in (0.1, 2)]
    await asyncio.wait(ts, timeout=1)  # warning: tasks-outlive-wait
    print("done")
    await asyncio.sleep(3)
asyncio.run(main())
