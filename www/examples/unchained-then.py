import asyncio


@asyncio.coroutine
def boil():
    yield from asyncio.sleep(3.0)
    print("(1) boil the water")


@asyncio.coroutine
def pour():
    yield from asyncio.sleep(1.0)
    print("(2) pour it over the leaves")


@asyncio.coroutine
def serve():
    print("(3) serve the tea")


@asyncio.coroutine
def tea():
    asyncio.async(boil())  # error: legacy-asyncio
    asyncio.async(pour())
    asyncio.async(serve())
    yield from asyncio.sleep(2.0)
    loop.stop()


loop = asyncio.get_event_loop()
asyncio.async(tea())
loop.run_forever()
print("Pending tasks at exit: %s" % asyncio.Task.all_tasks(loop))
loop.close()

# outcome: raised
