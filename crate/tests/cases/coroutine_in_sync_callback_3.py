import asyncio, unittest
class T(unittest.TestCase):
    async def test_it(self):  # error: coroutine-in-sync-callback
        self.assertEqual(1, 2)
if __name__ == "__main__":
    unittest.main(exit=False)
