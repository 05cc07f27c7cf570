import asyncio
async def main():
    print(asyncio.Task.all_tasks())  # error: legacy-asyncio
asyncio.run(main())
