import asyncio
async def child():
    await asyncio.sleep(0.1)
    raise asyncio.CancelledError  # warning: phantom-cancellation
async def main():
    t = asyncio.create_task(child())
    await t
try:
    asyncio.run(main())
except BaseException as e:
    print(type(e))
