import asyncio
from contextvars import ContextVar
user = ContextVar("user", default=None)
async def login():
    await asyncio.sleep(0)
    user.set("ann")
async def main():
    await asyncio.create_task(login())
    print(user.get())  # warning: context-lost
asyncio.run(main())
