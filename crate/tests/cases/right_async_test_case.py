import asyncio, unittest
class T(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.q = asyncio.Queue()
    async def test_it(self):
        await self.q.put(1)
        self.assertEqual(await self.q.get(), 1)
    async def test_timeout(self):
        with self.assertRaises(TimeoutError):
            async with asyncio.timeout(1):
                await self.q.get()
unittest.main(exit=False)
