# loopscope: signal=SIGINT@1s
import asyncio
async def main():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleanup")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
