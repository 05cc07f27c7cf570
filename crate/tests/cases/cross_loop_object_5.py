import asyncio

async def main():
    other = asyncio.new_event_loop()
    future = other.create_future()
    try:
        await future  # error: cross-loop-object
    except RuntimeError as error:
        print("caught")
    other.close()

asyncio.run(main())
