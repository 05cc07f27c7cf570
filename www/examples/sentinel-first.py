import asyncio
import functools

print = functools.partial(print, flush=True)

# Put on the queue to say that nothing else will come.
LAST = "nothing else will come: any value would do that is no parcel"


async def unpack(queue):
    while True:
        parcel = await queue.get()
        if parcel == LAST:
            print("That was the last one.")
            break
        print(f"Unpacked: {parcel}")


if __name__ == "__main__":
    queue = asyncio.Queue()
    loop = asyncio.get_event_loop()

    loop.run_until_complete(queue.put(LAST))
    loop.run_until_complete(queue.put("a lamp"))
    loop.run_until_complete(queue.put("another lamp"))
    loop.run_until_complete(unpack(queue))

    loop.stop()
    loop.run_forever()
    loop.close()

# prints: That was the last one.
# outcome: completed
