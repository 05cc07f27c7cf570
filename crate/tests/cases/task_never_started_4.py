import asyncio


async def first(loop):
    loop.create_task(second())  # warning: task-never-started at `loop.create_task(second())`
    loop.stop()


async def second():
    print("second")


loop = asyncio.new_event_loop()
task = loop.create_task(first(loop))
loop.run_forever()
loop.close()
