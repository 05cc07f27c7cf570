import asyncio

import aiojobs


async def job(number):
    try:
        await asyncio.sleep(number / 10)
    except asyncio.CancelledError:
        cut_short.append(number)
        raise


cut_short = []


async def main():
    scheduler = aiojobs.Scheduler()
    for number in range(100):
        await scheduler.spawn(job(number))
    await asyncio.sleep(5.05)
    print("still at work:", scheduler.active_count)
    # Not all jobs have ended by now: closing cancels what is left, and waits for it.
    await scheduler.close()
    print("cut short:", len(cut_short))


asyncio.run(main())

# prints: still at work: 49
# prints: cut short: 49
# outcome: completed
