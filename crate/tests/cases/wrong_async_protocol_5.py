import asyncio

class Odd:
    def __await__(self):
        yield 5  # error: wrong-async-protocol

async def main():
    try:
        await Odd()
    except RuntimeError as error:
        print("caught", error)

asyncio.run(main())
