// One small program for each message that people search the web for. `says` is what CPython writes to the error
// stream, so that an entry whose program no longer provokes its message fails by itself.

const main = (body, rest = "") => `import asyncio

${rest}
async def main():
${body
  .trim()
  .split("\n")
  .map((line) => `    ${line}`)
  .join("\n")}


asyncio.run(main())
`;

const WORK = `
async def work():
    await asyncio.sleep(1)
    return "done"


async def broken():
    await asyncio.sleep(1)
    raise ValueError("broken on purpose")

`;

const top = (text) => `import asyncio\n${WORK}\n${text.trim()}\n`;

export const MESSAGES = [
  // Coroutines.
  { says: "coroutine 'work' was never awaited", source: main(`work()\nawait asyncio.sleep(1)`, WORK) },
  {
    says: "coroutine 'work' was never awaited",
    source: main(`unused = work()\nawait asyncio.sleep(1)\ndel unused`, WORK),
  },
  { says: "Coroutine created at", options: { debug: true }, source: main(`work()\nawait asyncio.sleep(1)`, WORK) },
  { says: "coroutine 'work' was never awaited", source: top(`work()`) },
  { says: "coroutine 'sleep' was never awaited", source: main(`asyncio.sleep(1)\nprint("no pause")`) },
  { says: "coroutine 'Queue.put' was never awaited", source: main(`asyncio.Queue().put(1)`) },
  {
    says: "coroutine method 'aclose' of 'numbers' was never awaited",
    source: main(
      `generator = numbers()\nawait anext(generator)\ngenerator.aclose()`,
      `
async def numbers():
    yield 1

`,
    ),
  },
  { says: "cannot reuse already awaited coroutine", source: main(`once = work()\nawait once\nawait once`, WORK) },
  {
    says: "coroutine is being awaited already",
    source: main(
      `once = work()\ntask = asyncio.create_task(wait_for(once))\nawait asyncio.sleep(0)\nawait once`,
      `${WORK}
async def wait_for(other):
    await other

`,
    ),
  },
  {
    says: "coroutine ignored GeneratorExit",
    source: main(
      `step = stubborn()\nstep.send(None)\ndel step\nprint("on")`,
      `
class Pause:
    def __await__(self):
        yield


async def stubborn():
    try:
        await Pause()
    except GeneratorExit:
        await Pause()

`,
    ),
  },
  // Awaiting what cannot be awaited.
  { says: "'int' object can't be awaited", source: main(`await 5`) },
  { says: "'NoneType' object can't be awaited", source: main(`await print("now")`) },
  {
    says: "Task got bad yield: 5",
    source: main(
      `await Odd()`,
      `
class Odd:
    def __await__(self):
        yield 5

`,
    ),
  },
  { says: "Task cannot await on itself", source: main(`await asyncio.current_task()`) },
  {
    says: "yield was used instead of yield from in task",
    source: main(
      `await Odd()`,
      `
class Odd:
    def __await__(self):
        yield asyncio.get_running_loop().create_future()

`,
    ),
  },
  {
    says: "yield was used instead of yield from for generator in task",
    source: main(
      `await Odd()`,
      `
def inner():
    yield


class Odd:
    def __await__(self):
        yield inner()

`,
    ),
  },
  {
    says: "'Odd' object can't be awaited",
    source: main(
      `await Odd()`,
      `
class Odd:
    pass

`,
    ),
  },
  {
    says: "__await__() returned non-iterator of type 'int'",
    source: main(
      `await Odd()`,
      `
class Odd:
    def __await__(self):
        return 5

`,
    ),
  },
  {
    says: "'async for' requires an object with __aiter__ method",
    source: main(`async for number in [1, 2]:\n    print(number)`),
  },
  { says: "'coroutine' object is not iterable", source: main(`for letter in work():\n    print(letter)`, WORK) },
  { says: "does not support the context manager protocol", source: main(`with asyncio.Lock():\n    pass`) },
  { says: "does not support the asynchronous context manager protocol", source: main(`async with open:\n    pass`) },
  { says: "unsupported operand type(s) for +: 'coroutine' and 'int'", source: main(`print(work() + 1)`, WORK) },
  { says: "'coroutine' object has no attribute 'result'", source: main(`work().result()`, WORK) },
  // Tasks that nobody keeps, joins or asks.
  {
    says: "Task was destroyed but it is pending!",
    source: main(
      `asyncio.create_task(hang())\nawait asyncio.sleep(1)`,
      `
async def hang():
    await asyncio.Event().wait()

`,
    ),
  },
  {
    says: "Task was destroyed but it is pending!",
    source: main(
      `task = asyncio.create_task(hang())\nawait asyncio.sleep(1)\ndel task\nawait asyncio.sleep(1)`,
      `
async def hang():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("left")

`,
    ),
  },
  {
    says: "Task was destroyed but it is pending!",
    source: top(
      `loop = asyncio.new_event_loop()\ntask = loop.create_task(asyncio.sleep(10))\nloop.run_until_complete(work())\nloop.close()\ndel task`,
    ),
  },
  {
    says: "coroutine 'work' was never awaited",
    source: top(`loop = asyncio.new_event_loop()\ntask = loop.create_task(work())\nloop.close()\ndel task\ndel loop`),
  },
  {
    says: "Task exception was never retrieved",
    source: main(`asyncio.create_task(broken())\nawait asyncio.sleep(2)`, WORK),
  },
  {
    says: "Task exception was never retrieved",
    options: { debug: true },
    source: main(`asyncio.create_task(broken())\nawait asyncio.sleep(2)`, WORK),
  },
  {
    says: "Task exception was never retrieved",
    source: main(
      `task = asyncio.create_task(broken(), name="fetcher")\nawait asyncio.wait([task])\ntask = None\nprint("gone")`,
      WORK,
    ),
  },
  {
    says: "Future exception was never retrieved",
    source: main(`asyncio.get_running_loop().create_future().set_exception(OSError("lost"))`),
  },
  {
    says: "_GatheringFuture exception was never retrieved",
    source: main(`asyncio.gather(broken())\nawait asyncio.sleep(2)`, WORK),
  },
  {
    says: "ValueError exception in shielded future",
    source: main(
      `outer = asyncio.shield(broken())\nawait asyncio.sleep(0)\nouter.cancel()\nawait asyncio.sleep(2)`,
      WORK,
    ),
  },
  {
    says: "unhandled exception during asyncio.run() shutdown",
    source: main(
      `task = asyncio.create_task(fails_late())\nawait asyncio.sleep(0)`,
      `
async def fails_late():
    try:
        await asyncio.sleep(10)
    finally:
        raise RuntimeError("while cleaning up")

`,
    ),
  },
  // Callbacks.
  {
    says: "handle: <Handle bad() at main.py:4>",
    source: main(
      `asyncio.get_running_loop().call_soon(bad, "first")\nawait asyncio.sleep(0)`,
      `
def bad(word):
    raise LookupError(word)

`,
    ),
  },
  {
    says: "Exception in callback bad() at",
    source: main(
      `asyncio.get_running_loop().call_later(1, bad)\nawait asyncio.sleep(2)`,
      `
def bad():
    raise LookupError("late")

`,
    ),
  },
  {
    says: "Exception in callback",
    source: main(
      `task = asyncio.create_task(work())\ntask.add_done_callback(lambda done: done.result())\nawait asyncio.sleep(0)\ntask.cancel()\nawait asyncio.sleep(1)`,
      WORK,
    ),
  },
  {
    says: "Unhandled error in exception handler",
    source: main(
      `loop = asyncio.get_running_loop()\nloop.set_exception_handler(handler)\nloop.call_soon(handler)\nawait asyncio.sleep(0)`,
      `
def handler(*args):
    raise RuntimeError("in the handler")

`,
    ),
  },
  {
    says: "something of my own",
    source: main(`asyncio.get_running_loop().call_exception_handler({"message": "something of my own", "detail": 5})`),
  },
  {
    says: "coroutines cannot be used with call_soon()",
    options: { debug: true },
    source: main(`asyncio.get_running_loop().call_soon(work)`, WORK),
  },
  {
    says: "Executing <Task finished name='Task-2' coro=<slow() done, defined at main.py:5> result=None created at",
    options: { debug: true },
    source: main(
      `await asyncio.create_task(slow())`,
      `
import time
async def slow():
    time.sleep(0.3)

`,
    ),
  },
  {
    says: "Executing <Handle slow() at main.py:5 created at main.py:10> took",
    options: { debug: true },
    source: main(
      `asyncio.get_running_loop().call_soon(slow)\nawait asyncio.sleep(0)`,
      `
import time
def slow():
    time.sleep(0.3)

`,
    ),
  },
  // Loops.
  { says: "no running event loop", source: top(`asyncio.create_task(work())`) },
  { says: "no running event loop", source: top(`asyncio.get_running_loop()`) },
  { says: "There is no current event loop in thread 'MainThread'.", source: top(`asyncio.get_event_loop()`) },
  { says: "There is no current event loop in thread 'MainThread'.", source: top(`asyncio.ensure_future(work())`) },
  { says: "There is no current event loop in thread 'MainThread'.", source: top(`asyncio.gather(work(), work())`) },
  { says: "asyncio.run() cannot be called from a running event loop", source: main(`asyncio.run(work())`, WORK) },
  {
    says: "This event loop is already running",
    source: main(`asyncio.get_running_loop().run_until_complete(work())`, WORK),
  },
  {
    says: "Cannot run the event loop while another loop is running",
    source: main(`other = asyncio.new_event_loop()\nother.run_until_complete(work())`, WORK),
  },
  {
    says: "Event loop is closed",
    source: top(`loop = asyncio.new_event_loop()\nloop.close()\nloop.run_until_complete(work())`),
  },
  { says: "Event loop is closed", source: top(`loop = asyncio.new_event_loop()\nloop.close()\nloop.call_soon(print)`) },
  {
    says: "Event loop stopped before Future completed.",
    source: top(`loop = asyncio.new_event_loop()\nloop.call_later(0.5, loop.stop)\nloop.run_until_complete(work())`),
  },
  { says: "Cannot close a running event loop", source: main(`asyncio.get_running_loop().close()`) },
  { says: "An asyncio.Future, a coroutine or an awaitable is required", source: top(`asyncio.run(work)`) },
  {
    says: "An asyncio.Future, a coroutine or an awaitable is required",
    source: top(`asyncio.new_event_loop().run_until_complete(5)`),
  },
  {
    says: "is bound to a different event loop",
    source: top(`
event = asyncio.Event()

async def use():
    event.clear()
    asyncio.get_running_loop().call_later(1, event.set)
    await event.wait()

asyncio.run(use())
asyncio.run(use())
`),
  },
  {
    says: "attached to a different loop",
    source: top(`
async def wait_on(future):
    await future

asyncio.run(wait_on(asyncio.new_event_loop().create_future()))
`),
  },
  { says: "module 'asyncio' has no attribute 'run_until_complete'", source: top(`asyncio.run_until_complete(work())`) },
  {
    says: "module 'asyncio' has no attribute 'coroutine'",
    source: `import asyncio\n\n\n@asyncio.coroutine\ndef work():\n    yield from asyncio.sleep(1)\n`,
  },
  { says: "SyntaxError: invalid syntax", source: top(`asyncio.async(work())`) },
  { says: "'await' outside async function", source: `import asyncio\n\n\ndef work():\n    await asyncio.sleep(1)\n` },
  { says: "'await' outside function", source: `import asyncio\n\nawait asyncio.sleep(1)\n` },
  {
    says: "Passing coroutines is forbidden, use tasks explicitly.",
    source: main(`await asyncio.wait([work()])`, WORK),
  },
  { says: "Set of Tasks/Futures is empty.", source: main(`await asyncio.wait([])`) },
  // Cancellation and timeouts.
  {
    says: "asyncio.exceptions.CancelledError",
    source: main(`task = asyncio.create_task(work())\nawait asyncio.sleep(0)\ntask.cancel("enough")\nawait task`, WORK),
  },
  { says: "TimeoutError", source: main(`await asyncio.wait_for(work(), 0.5)`, WORK) },
  { says: "TimeoutError", source: main(`async with asyncio.timeout(0.5):\n    await work()`, WORK) },
  {
    says: "Timeout should be used inside a task",
    source: top(`
def enter():
    try:
        asyncio.timeout(1).__aenter__().send(None)
    finally:
        loop.stop()

loop = asyncio.new_event_loop()
loop.call_soon(enter)
loop.run_forever()
`),
  },
  {
    says: "unhandled errors in a TaskGroup (2 sub-exceptions)",
    source: main(
      `async with asyncio.TaskGroup() as group:\n    group.create_task(broken())\n    group.create_task(broken())`,
      WORK,
    ),
  },
  {
    says: "is finished",
    source: main(`async with asyncio.TaskGroup() as group:\n    pass\ngroup.create_task(work())`, WORK),
  },
  // Primitives.
  { says: "Lock is not acquired.", source: main(`asyncio.Lock().release()`) },
  { says: "BoundedSemaphore released too many times", source: main(`asyncio.BoundedSemaphore(1).release()`) },
  { says: "Semaphore initial value must be >= 0", source: main(`asyncio.Semaphore(-1)`) },
  { says: "cannot notify on un-acquired lock", source: main(`asyncio.Condition().notify()`) },
  { says: "task_done() called too many times", source: main(`asyncio.Queue().task_done()`) },
  { says: "QueueFull", source: main(`queue = asyncio.Queue(1)\nqueue.put_nowait(1)\nqueue.put_nowait(2)`) },
  { says: "QueueEmpty", source: main(`asyncio.Queue().get_nowait()`) },
  {
    says: "invalid state",
    source: main(`future = asyncio.get_running_loop().create_future()\nfuture.set_result(1)\nfuture.set_result(2)`),
  },
  { says: "Result is not set.", source: main(`asyncio.get_running_loop().create_future().result()`) },
  { says: "Exception is not set.", source: main(`asyncio.get_running_loop().create_future().exception()`) },
  { says: "InvalidStateError: Result is not set.", source: main(`asyncio.create_task(asyncio.sleep(1)).result()`) },
  {
    says: "StopIteration interacts badly with generators and cannot be raised into a Future",
    source: main(`asyncio.get_running_loop().create_future().set_exception(StopIteration())`),
  },
  { says: "Task does not support set_result operation", source: main(`asyncio.current_task().set_result(1)`) },
  {
    says: "asynchronous generator is already running",
    source: main(
      `generator = numbers()\nfirst = asyncio.create_task(anext(generator))\nawait asyncio.sleep(0)\nawait anext(generator)`,
      `
async def numbers():
    await asyncio.sleep(1)
    yield 1

`,
    ),
  },
  {
    says: "async generator raised StopIteration",
    source: main(
      `async for number in numbers():\n    pass`,
      `
async def numbers():
    raise StopIteration
    yield 1

`,
    ),
  },
  {
    says: "async generator ignored GeneratorExit",
    source: main(
      `generator = numbers()\nawait anext(generator)\nawait generator.aclose()`,
      `
async def numbers():
    try:
        yield 1
    finally:
        yield 2

`,
    ),
  },
  // What is told together with an exception.
  {
    says: "During handling of the above exception, another exception occurred",
    source: main(
      `task = asyncio.create_task(broken())
await asyncio.sleep(2)
try:
    1 / 0
except ZeroDivisionError:
    await task`,
      WORK,
    ),
  },
  {
    says: "During handling of the above exception, another exception occurred",
    source: main(
      `task = asyncio.create_task(broken())
task.cancel()
try:
    {}["key"]
except KeyError:
    await asyncio.gather(task)`,
      WORK,
    ),
  },
  {
    says: "ZeroDivisionError: division by zero",
    source: main(
      `task = asyncio.create_task(changed())
await asyncio.sleep(1)
try:
    1 / 0
except ZeroDivisionError:
    task.result()`,
      `
async def changed():
    try:
        int("x")
    except ValueError:
        raise KeyError("instead")

`,
    ),
  },
  // In which order it is told: what goes last in a list goes first with it.
  {
    says: "exception=ValueError(3)",
    source: main(
      `tasks = [asyncio.create_task(fails(number)) for number in range(4)]
await asyncio.sleep(1)`,
      `
async def fails(number):
    raise ValueError(number)

`,
    ),
  },
  {
    says: "exception=ValueError('dict, second')",
    source: main(
      `first = asyncio.create_task(fails("first"))
second = asyncio.create_task(fails("second"))
pair = asyncio.create_task(fails("pair, first")), asyncio.create_task(fails("pair, second"))
named = {name: asyncio.create_task(fails("dict, " + name)) for name in ("first", "second")}
await asyncio.sleep(1)`,
      `
async def fails(name):
    raise ValueError(name)

`,
    ),
  },
  // Where it is told.
  {
    says: "main.py:8: RuntimeWarning: coroutine 'nobody' was never awaited",
    source: `import asyncio\n\nasync def nobody():\n    pass\n\ndef refuse():\n    left = 1\n    if not nobody():\n        raise ValueError\n    if nobody() is None:\n        raise ValueError\n    while not nobody():\n        raise ValueError\n    return 2 if nobody() in (1, left) else 3\n\nasync def main():\n    refuse()\n\nasyncio.run(main())\n`,
  },
  {
    says: "self._context.run(self._callback, *self._args)",
    source: main(`unused = work()\nawait asyncio.sleep(1)`, WORK),
  },
  {
    says: "'NoneType' object has no attribute 'get'",
    source: main(`asyncio.get_running_loop().call_exception_handler(None)`),
  },
  // Leaving.
  { says: "enough", source: main(`raise SystemExit("enough")`) },
  { says: "KeyboardInterrupt", source: main(`raise KeyboardInterrupt`) },
  {
    says: "unclosed event loop",
    source: `import asyncio\nimport warnings\n\nwarnings.simplefilter("always")\nloop = asyncio.new_event_loop()\ndel loop\n`,
  },
];
