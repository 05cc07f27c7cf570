import asyncio
class Server:
    def __init__(self):
        self.tasks = set()
    def spawn(self, c):
        t = asyncio.create_task(c)
        self.tasks.add(t)
        t.add_done_callback(self.tasks.discard)
async def f(n):
    await asyncio.sleep(n)
    print(n)
async def main():
    s = Server()
    for n in (0.1, 0.2):
        s.spawn(f(n))
    await asyncio.sleep(1)
asyncio.run(main())
