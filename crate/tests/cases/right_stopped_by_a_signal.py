# loopscope: signal=SIGTERM@2s
import asyncio, signal
async def serve(stop):
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), 0.5)
        except TimeoutError:
            print("tick")
async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(stop)
    print("bye")
asyncio.run(main())
