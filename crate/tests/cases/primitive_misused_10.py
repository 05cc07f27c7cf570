"""A setter that the loop calls itself is told of where it was asked to, with what had ended the future before."""

import asyncio


async def twice():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    loop.call_later(0.1, answer.set_result, "yes")  # related: primitive-misused
    loop.call_later(0.2, answer.set_result, "no")  # error: primitive-misused
    print(await answer)
    await asyncio.sleep(0.3)


async def fetch():
    loop = asyncio.get_running_loop()
    reply = loop.create_future()
    loop.call_later(0.3, reply.set_result, b"late")  # error: primitive-misused
    return await reply


async def late():
    try:
        await asyncio.wait_for(fetch(), 0.1)  # related: primitive-misused
    except TimeoutError:
        print("too late")
    await asyncio.sleep(0.5)


asyncio.run(twice())
asyncio.run(late())
