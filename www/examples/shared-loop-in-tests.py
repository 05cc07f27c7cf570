import asyncio
import unittest


async def double(number):
    await asyncio.sleep(0.1)
    return 2 * number


def twice(number):
    loop = asyncio.get_event_loop()
    result = loop.run_until_complete(double(number))  # error: closed-loop-used
    return result


class Doubling(unittest.TestCase):
    def test_a_small_number(self):
        loop = asyncio.get_event_loop()

        self.assertEqual(twice(4), 8)

        loop.stop()
        loop.close()

    def test_b_large_number(self):
        # Passes alone, and fails after the other: both share one loop, and that one closed it.
        self.assertEqual(twice(4_000), 8_000)


if __name__ == "__main__":
    unittest.main()

# outcome: raised
