"""Asynchronous tests with a fixture that starts and stops a background task."""

import asyncio
import unittest


class Counter:
    def __init__(self):
        self.value = 0

    async def run(self):
        while True:
            await asyncio.sleep(0.1)
            self.value += 1


class CounterTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.counter = Counter()
        self.running = asyncio.create_task(self.counter.run())

    async def asyncTearDown(self):
        self.running.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await self.running

    async def test_it_counts(self):
        await asyncio.sleep(0.55)
        self.assertEqual(self.counter.value, 5)

    async def test_it_starts_at_zero(self):
        self.assertEqual(self.counter.value, 0)


if __name__ == "__main__":
    unittest.main(argv=["tests"], exit=False)
