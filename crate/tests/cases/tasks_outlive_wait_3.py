import asyncio
async def mirror(name, delay):
    await asyncio.sleep(delay)
    return name
async def fastest():
    tasks = {asyncio.create_task(mirror(n, d)) for n, d in (("eu", 0.1), ("us", 0.6))}
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)  # warning: tasks-outlive-wait
    return done.pop().result()
async def main():
    print(await fastest())
    await asyncio.sleep(2)
asyncio.run(main())
