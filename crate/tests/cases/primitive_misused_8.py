import asyncio


def reply(fut, value):
    fut.set_result(value)  # error: primitive-misused at `fut.set_result(value)`


async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.call_later(0.2, reply, fut, 1)
    try:
        await asyncio.wait_for(fut, 0.1)
    except TimeoutError:
        print("too late")
    await asyncio.sleep(0.2)


asyncio.run(main())
