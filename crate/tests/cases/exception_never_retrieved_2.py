import asyncio
async def main():
    f = asyncio.get_running_loop().create_future()
    f.set_exception(ValueError("x"))  # error: exception-never-retrieved
    del f
    await asyncio.sleep(0.1)
asyncio.run(main())
