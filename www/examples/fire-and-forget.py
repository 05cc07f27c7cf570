import asyncio


async def send_mail(address):
    await asyncio.sleep(0.5)
    if "@" not in address:
        raise ValueError(f"no address: {address}")  # error: exception-never-retrieved
    print("sent to", address)


async def handler(loop, address):
    loop.create_task(send_mail(address))  # warning: dangling-task
    return "accepted"


async def main():
    loop = asyncio.get_running_loop()
    print(await handler(loop, "ada@example.org"))
    print(await handler(loop, "grace"))
    await asyncio.sleep(1)


asyncio.run(main())

# prints: accepted
# prints: accepted
# prints: sent to ada@example.org
# outcome: completed
