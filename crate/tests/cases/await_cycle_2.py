import asyncio

async def main():
    try:
        await asyncio.current_task()  # error: await-cycle
    except RuntimeError as error:
        print("caught")

asyncio.run(main())
