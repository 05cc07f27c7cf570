import asyncio
import functools


def retry(times):
    def decorate(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return await func(*args, **kwargs)
                except OSError:
                    await asyncio.sleep(0.1)
            raise RuntimeError("gave up")
        return wrapper
    return decorate


@retry(3)
async def send(message):
    await asyncio.sleep(0.01)
    print("sent", message)


async def main():
    send("hello")  # error: coroutine-never-awaited at `send("hello")`
    await asyncio.sleep(1)


asyncio.run(main())
