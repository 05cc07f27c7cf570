"""Background tasks are kept in a set until they are done, and awaited at the end."""

import asyncio

background = set()


def start(coroutine):
    task = asyncio.create_task(coroutine)
    background.add(task)
    task.add_done_callback(background.discard)
    return task


async def notify(user, log):
    await asyncio.sleep(0.1 * len(user))
    log.append(user)


async def main():
    log = []
    for user in ("ada", "bo", "charles"):
        start(notify(user, log))
    print("answered")
    await asyncio.sleep(0.25)
    if background:
        await asyncio.gather(*background)
    print(log)


asyncio.run(main())
