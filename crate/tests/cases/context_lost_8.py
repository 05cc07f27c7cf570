"""Several tasks, each of which means to hand something to the one who made them."""

import asyncio
import contextvars

total = contextvars.ContextVar("total", default=0)


async def add(number):
    await asyncio.sleep(0.01)
    total.set(number)


async def main():
    for number in range(3):
        await asyncio.create_task(add(number))
    print(total.get())  # warning: context-lost


asyncio.run(main())
