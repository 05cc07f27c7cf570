import asyncio
from contextvars import ContextVar
session = ContextVar("session", default="none")
async def open_session():
    session.set("s1")
    await asyncio.sleep(0)
async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(open_session())
    print("session is", session.get())  # warning: context-lost
asyncio.run(main())
