import asyncio
import logging

log = logging.getLogger(__name__)


async def user_id():
    await asyncio.sleep(0)
    return 7


async def main():
    print("id: {}".format(user_id()))  # error: coroutine-as-value at `user_id()`
    log.warning("id: %s", user_id())  # error: coroutine-as-value at `user_id()`


asyncio.run(main())
