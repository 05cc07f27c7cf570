import asyncio
async def f():
    print("started")
loop = asyncio.new_event_loop()
loop.create_task(f())  # warning: task-never-started
loop.close()
