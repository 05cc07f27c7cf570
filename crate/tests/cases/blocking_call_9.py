import asyncio, queue, threading, time
boxes = queue.Queue()
def fill():
    time.sleep(1)
    boxes.put("box")
async def main():
    with open("/tmp/note", "w") as file:  # info: blocking-call
        file.write("hello")
    threading.Thread(target=fill).start()
    print(boxes.get())  # warning: blocking-call
asyncio.run(main())
