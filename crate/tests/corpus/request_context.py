"""A context variable carries the request's number through everything that the request starts."""

import asyncio
import contextvars

request_id = contextvars.ContextVar("request_id", default="-")
lines = []


def log(text):
    lines.append(f"[{request_id.get()}] {text}")


async def query(table):
    log(f"query {table}")
    await asyncio.sleep(0.05)
    log(f"rows of {table}")


async def handle(number):
    request_id.set(f"req-{number}")
    log("begin")
    await asyncio.gather(query("users"), query("orders"))
    log("end")


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(handle(number))
    log("all done")
    for number in range(3):
        print(sum(line.startswith(f"[req-{number}]") for line in lines))
    print(lines[-1])


asyncio.run(main())
