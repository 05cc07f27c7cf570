"""What others read too, or set too, or what runs in the task after all, may be as it was meant."""

import asyncio
from contextvars import ContextVar

request = ContextVar("request", default="-")
user = ContextVar("user", default="nobody")
level = ContextVar("level", default=0)


def log(message):
    print(f"[{request.get()}] {message}")


async def step():
    await asyncio.sleep(0)
    log("step")


async def handle():
    request.set("1")
    await step()


async def log_in():
    user.set("Ada")


def set_up():
    user.set("Bob")


async def greet():
    print(f"hello {user.get()}")


async def deepen():
    level.set(1)
    await show()


async def show():
    await asyncio.sleep(0)
    print("level", level.get())


async def main():
    set_up()
    await asyncio.create_task(handle())
    log("handled")
    await asyncio.create_task(log_in())
    await greet()
    await asyncio.create_task(deepen())
    await show()


asyncio.run(main())
