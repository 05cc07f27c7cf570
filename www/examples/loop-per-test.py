import asyncio
import unittest


async def double(number):
    await asyncio.sleep(0.1)
    return 2 * number


class Doubling(unittest.IsolatedAsyncioTestCase):
    async def test_a_small_number(self):
        self.assertEqual(await double(4), 8)

    async def test_b_large_number(self):
        self.assertEqual(await double(4_000), 8_000)


class DoublingByHand(unittest.TestCase):
    def setUp(self):
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)

    def test_nothing(self):
        self.assertEqual(self.loop.run_until_complete(double(0)), 0)


if __name__ == "__main__":
    unittest.main()

# outcome: completed
