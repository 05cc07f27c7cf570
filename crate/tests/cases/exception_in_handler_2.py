"""A handler that does not take what the loop gives it."""

import asyncio


def handler(context):
    print(context["message"])


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)  # error: exception-in-handler at `loop.set_exception_handler(handler)`
    loop.call_exception_handler({"message": "something is odd"})


asyncio.run(main())
