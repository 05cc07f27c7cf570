"""`unittest` with asynchronous test cases and mocks."""

import asyncio
import unittest
from unittest import mock


async def fetch(client):
    return await client.get("x") + 1


class Tests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.client = mock.AsyncMock()
        self.client.get.return_value = 41

    async def test_fetch(self):
        self.assertEqual(await fetch(self.client), 42)
        self.client.get.assert_awaited_once_with("x")

    async def test_timeout(self):
        with self.assertRaises(TimeoutError):
            async with asyncio.timeout(1):
                await asyncio.sleep(2)

    async def test_patch(self):
        with mock.patch("asyncio.sleep", mock.AsyncMock()) as sleep:
            await asyncio.sleep(100)
        sleep.assert_awaited_once()


result = unittest.main(exit=False, verbosity=0).result
print(result.testsRun, result.wasSuccessful())  # prints: 3 True
# reports: OK
