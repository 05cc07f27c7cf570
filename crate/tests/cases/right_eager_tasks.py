import asyncio
async def cached(n):
    return n
async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    print(await asyncio.gather(*(cached(n) for n in range(5))))
    t = asyncio.create_task(cached(3))
    print(await t)
asyncio.run(main())
