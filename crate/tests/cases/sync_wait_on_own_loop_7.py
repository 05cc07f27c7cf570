import asyncio
import threading

# The coroutine goes to another loop, in a thread of its own.
other = asyncio.new_event_loop()
thread = threading.Thread(target=other.run_forever, daemon=True)
thread.start()

async def answer():
    await asyncio.sleep(0.1)
    return 42

def submit(coroutine):
    return asyncio.run_coroutine_threadsafe(coroutine, other)

async def main():
    future = submit(answer())
    print(future.result(timeout=5))  # warning: blocking-call

asyncio.run(main())
other.call_soon_threadsafe(other.stop)
thread.join()
other.close()
