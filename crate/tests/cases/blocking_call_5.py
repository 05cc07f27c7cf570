import asyncio, time
def helper():
    time.sleep(0.3)  # warning: blocking-call
async def main():
    helper()
asyncio.run(main())
