import asyncio
import functools

print = functools.partial(print, flush=True)

# Put on the queue to say that nothing else will come.
LAST = "nothing else will come: any value would do that is no parcel"


async def unpack(queue):
    while True:
        parcel = await queue.get()  # error: deadlock
        if parcel == LAST:
            print("That was the last one.")
            break
        print(f"Unpacked: {parcel}")


if __name__ == "__main__":
    queue = asyncio.Queue()
    loop = asyncio.get_event_loop()

    loop.run_until_complete(queue.put("a lamp"))
    loop.run_until_complete(queue.put("another lamp"))
    loop.run_until_complete(unpack(queue))
    loop.run_until_complete(queue.put(LAST))

    loop.close()

# prints: Unpacked: a lamp
# prints: Unpacked: another lamp
# outcome: deadlocked
