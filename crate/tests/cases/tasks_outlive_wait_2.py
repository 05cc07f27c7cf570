import asyncio
async def work(n):
    await asyncio.sleep(n)
    return n
async def main():
    tasks = [asyncio.create_task(work(n)) for n in (1, 3)]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)  # warning: tasks-outlive-wait
    print([t.result() for t in done])
asyncio.run(main())
