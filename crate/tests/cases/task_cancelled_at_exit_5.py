"""An item that a worker has taken and not used yet is lost with it; one that was used already is not."""

import asyncio


async def store(rows):
    while True:
        row = await rows.get()
        await asyncio.sleep(0.2)  # related: task-cancelled-at-exit
        print("stored", row)


async def show(lines):
    while True:
        line = await lines.get()
        print(line)
        await asyncio.sleep(0.2)


async def main():
    rows, lines = asyncio.Queue(), asyncio.Queue()
    storing = asyncio.create_task(store(rows))  # warning: task-cancelled-at-exit
    showing = asyncio.create_task(show(lines))
    for number in range(3):
        rows.put_nowait(number)
        lines.put_nowait(number)
    await asyncio.sleep(0.3)
    print(storing.done(), showing.done())


asyncio.run(main())
