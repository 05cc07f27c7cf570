"""Each request has an id of its own in the log, down to its tasks and threads."""

import asyncio
import contextvars
import logging
import uuid

request_id = contextvars.ContextVar("request_id", default="-")


class Filter(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


log = logging.getLogger("app")
handler = logging.StreamHandler()
handler.addFilter(Filter())
handler.setFormatter(logging.Formatter("%(request_id)s %(message)s"))
log.addHandler(handler)
log.setLevel(logging.INFO)


async def database(n):
    log.info("query %d", n)
    await asyncio.sleep(0.01)
    return n * 2


async def handle(n):
    token = request_id.set(uuid.UUID(int=n).hex[-4:])
    try:
        first, second = await asyncio.gather(database(n), database(n + 1))
        log.info("sum %d", first + second)
        return first + second
    finally:
        request_id.reset(token)


async def in_thread():
    request_id.set("thread")
    return await asyncio.to_thread(lambda: request_id.get())


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(handle(n)) for n in range(3)]
    print([task.result() for task in tasks], request_id.get())
    print(await asyncio.create_task(in_thread()))
    context = contextvars.copy_context()
    context.run(request_id.set, "mine")
    print(await asyncio.create_task(database(9), context=context))


asyncio.run(main())
