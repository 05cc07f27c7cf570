import asyncio
async def background():
    while True:
        await asyncio.sleep(1)
async def main():
    t = asyncio.create_task(background())
    await asyncio.sleep(0.5)
    try:
        raise ValueError("x")
    except ValueError:
        print("handled")
    finally:
        t.cancel()
        await asyncio.gather(t, return_exceptions=True)
asyncio.run(main())
