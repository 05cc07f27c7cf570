import asyncio
def sync_api():
    return asyncio.run(fetch())  # error: nested-event-loop
async def fetch():
    await asyncio.sleep(0.1)
    return 1
async def main():
    print(sync_api())
asyncio.run(main())
