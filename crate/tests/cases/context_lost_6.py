"""Tasks that each set a value of their own, which others read for them, and the parent's default that is read again."""

import asyncio
import contextvars

request_id = contextvars.ContextVar("request_id", default="-")


def log(message):
    print(f"[{request_id.get()}] {message}")


async def step():
    await asyncio.sleep(0.01)
    log("step")


async def handle(number):
    request_id.set(f"request-{number}")
    log("begins")
    await step()


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(handle(number))
    print("main has", request_id.get())


asyncio.run(main())
