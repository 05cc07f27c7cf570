import asyncio


async def send_mail(address):
    await asyncio.sleep(0.5)
    if "@" not in address:
        raise ValueError(f"no address: {address}")
    print("sent to", address)


async def main():
    sending = asyncio.create_task(send_mail("grace"))
    print("accepted")
    try:
        await sending
    except ValueError as problem:
        print("not sent:", problem)


asyncio.run(main())

# prints: accepted
# prints: not sent: no address: grace
# outcome: completed
