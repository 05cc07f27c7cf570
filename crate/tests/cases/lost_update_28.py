import asyncio

class Register:
    def __init__(self):
        self.value = 0
        self.version = 0

    async def get(self):
        await asyncio.sleep(0.01)
        return self.value

    async def set(self, value, expected):
        await asyncio.sleep(0.01)
        if self.value != expected:
            return False
        self.value = value
        return True

async def add(register, n):
    while True:
        seen = await register.get()
        if await register.set(seen + n, seen):
            return

async def main():
    register = Register()
    await asyncio.gather(add(register, 1), add(register, 2), add(register, 3))
    assert register.value == 6

asyncio.run(main())
