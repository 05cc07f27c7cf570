import asyncio, threading

async def work():
    print("never")

thread = threading.Thread(target=work)  # error: coroutine-in-sync-callback
thread.start()
thread.join()
