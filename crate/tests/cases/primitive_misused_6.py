import asyncio
async def main():
    f = asyncio.get_running_loop().create_future()
    print(f.result())  # error: primitive-misused
asyncio.run(main())
