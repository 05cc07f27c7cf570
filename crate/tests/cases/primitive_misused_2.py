import asyncio
async def main():
    f = asyncio.get_running_loop().create_future()
    f.set_result(1)
    f.set_result(2)  # error: primitive-misused
asyncio.run(main())
