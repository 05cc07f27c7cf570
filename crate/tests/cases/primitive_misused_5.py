import asyncio
async def main():
    c = asyncio.Condition()
    c.notify()  # error: primitive-misused
asyncio.run(main())
