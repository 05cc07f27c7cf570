"""Four faults that nobody sees."""

import asyncio
import time


async def heartbeat():
    for beat in range(6):
        print("beat", beat)
        await asyncio.sleep(0.25)


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return f"page of {name}"


async def compress(pages):
    await asyncio.sleep(0.1)
    time.sleep(0.6)  # warning: blocking-call
    return " and ".join(pages)


async def approval():
    answer = asyncio.Event()
    await answer.wait()
    print("approved")


async def upload(archive):
    await asyncio.sleep(0.2)
    raise ConnectionError(f"no room for the {archive}")  # error: exception-never-retrieved


async def main():
    beats = asyncio.create_task(heartbeat(), name="heartbeat")
    async with asyncio.TaskGroup() as group:
        ada = group.create_task(fetch("Ada", 0.3), name="fetch Ada")
        grace = group.create_task(fetch("Grace", 0.45), name="fetch Grace")
    asyncio.create_task(approval(), name="approval")  # warning: dangling-task  # error: task-garbage-collected
    archive = await compress([ada.result(), grace.result()])
    asyncio.create_task(upload(archive), name="upload")  # warning: dangling-task
    await beats
    print("done")


asyncio.run(main())

# prints: beat 0
# prints: beat 1
# prints: beat 2
# prints: beat 3
# prints: beat 4
# prints: beat 5
# prints: done
# outcome: completed
