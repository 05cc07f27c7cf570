import asyncio
from contextvars import ContextVar
user = ContextVar("user")
async def login():
    return user.set("ann")
async def main():
    token = await asyncio.create_task(login())
    user.reset(token)  # error: context-lost
asyncio.run(main())
