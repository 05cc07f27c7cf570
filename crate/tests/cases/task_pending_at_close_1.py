import asyncio
async def f():
    await asyncio.sleep(10)
loop = asyncio.new_event_loop()
task = loop.create_task(f())  # error: task-pending-at-close
loop.call_later(0.1, loop.stop)
loop.run_forever()
loop.close()
