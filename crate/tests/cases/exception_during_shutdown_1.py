import asyncio
async def w():
    try:
        await asyncio.sleep(100)
    finally:
        raise RuntimeError("cleanup failed")  # error: exception-during-shutdown
async def main():
    t = asyncio.create_task(w())
    await asyncio.sleep(0.1)
asyncio.run(main())
