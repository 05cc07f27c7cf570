"""Who is ready for there being no value takes it for an answer."""

import asyncio
import contextvars

trace = contextvars.ContextVar("trace")


def log(message):
    try:
        prefix = trace.get()
    except LookupError:
        prefix = "-"
    print(prefix, message)


async def handle(number):
    trace.set(str(number))
    log("handling")


async def main():
    log("begins")
    await asyncio.gather(handle(1), handle(2))
    log("ends")


asyncio.run(main())
