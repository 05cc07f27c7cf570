import asyncio, signal
# loopscope: signal=SIGTERM@1s
async def shutdown():
    print("bye")
async def main():
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, shutdown)  # error: coroutine-in-sync-callback
    await asyncio.sleep(2)
asyncio.run(main())
