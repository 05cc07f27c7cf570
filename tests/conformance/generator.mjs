// Random asyncio programs: trees of tasks that sleep, lock, queue, gather, cancel, fail and drop each other.
//
// The same number always gives the same program. Functions call only functions of a higher number, loops are bounded
// and the number of tasks has a budget, so every program ends or waits for ever; both are worth comparing. Durations
// are whole seconds plus a few milliseconds that differ from place to place, so that the order of events follows from
// the program and not from how long the work between two waits takes.

/** A small generator of pseudo-random numbers with 32 bits of state. */
function randomNumbers(seed) {
  let state = (seed * 0x9e3779b9 + 0x7f4a7c15) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability) => next() < probability,
    below: (count) => Math.floor(next() * count),
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (items) => items[Math.floor(next() * items.length)],
  };
}

const HEADER = `import asyncio
import contextlib

START = 0.0


def say(*words):
    print(int(asyncio.get_running_loop().time() - START), *words)


def finished(task):
    if task.cancelled():
        say("callback:", task.get_name(), "cancelled")
    else:
        say("callback:", task.get_name(), "done")


def fail(word):
    raise LookupError(word)


async def count(limit, pause):
    try:
        for number in range(limit):
            yield number
            await asyncio.sleep(pause)
    finally:
        say("count", limit, "closed")

`;

class Program {
  constructor(seed) {
    this.random = randomNumbers(seed);
    this.sites = 0;
    this.names = 0;
    this.costs = [];
    this.functions = this.random.between(2, 6);
  }

  duration() {
    this.sites += 1;
    return `${this.random.between(1, 40)}.${String(this.sites * 7).padStart(3, "0")}`;
  }

  name(stem) {
    this.names += 1;
    return `${stem}${this.names}`;
  }

  /** A call of a function of a higher number that the budget still allows, or nothing. */
  call(scope) {
    const affordable = [];
    for (let index = scope.index + 1; index < this.functions; index += 1) {
      if (this.costs[index] <= scope.budget) affordable.push(index);
    }
    if (affordable.length === 0) return undefined;
    const index = this.random.pick(affordable);
    scope.budget -= this.costs[index];
    scope.calls += 1;
    return `work${index}(who + ".${scope.calls}")`;
  }

  calls(scope, most) {
    const made = [];
    for (let turn = this.random.between(1, most); turn > 0; turn -= 1) {
      const call = this.call(scope);
      if (call !== undefined) made.push(call);
    }
    return made;
  }

  body(scope, depth, most = 3) {
    const lines = [];
    for (let turn = this.random.between(1, most); turn > 0; turn -= 1) {
      lines.push(...this.statement(scope, depth));
    }
    return lines;
  }

  statement(scope, depth) {
    const kinds = depth > 0 ? [...SIMPLE, ...NESTED] : SIMPLE;
    const made = this.random.pick(kinds)(this, scope, depth - 1);
    return made || [`say(who, "passes")`];
  }

  function(index) {
    const scope = { index, budget: 12, calls: 0, tasks: [] };
    const body = this.body(scope, 2, 4);
    if (this.random.chance(0.25)) body.push(`raise ValueError(who)`);
    else body.push(`say(who, "ends")`, `return ${this.random.below(100)}`);
    this.costs[index] = 1 + 12 - scope.budget;
    return [`async def work${index}(who):`, ...indent([`say(who, "starts")`, ...body]), "", ""];
  }

  main() {
    const scope = { index: -1, budget: 30, calls: 0, tasks: [] };
    const body = [`who = "main"`, ...SHARED];
    const work = [];
    for (let turn = this.random.between(3, 7); turn > 0; turn -= 1) work.push(...this.statement(scope, 2));
    if (this.random.chance(0.75)) {
      body.push(`try:`, `    async with asyncio.timeout(300):`, ...indent(indent(work)));
      body.push(`except TimeoutError:`, `    say("main gave up")`);
    } else {
      body.push(...work);
    }
    if (this.random.chance(0.5)) body.push(...JOIN);
    body.push(`say("main ends")`);
    const opening = [`global START, shared`, `START = asyncio.get_running_loop().time()`];
    if (this.random.chance(0.1)) {
      opening.push(`asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)`);
    }
    return [`async def main():`, ...indent([...opening, ...body]), "", ""];
  }

  start() {
    const ways = [
      [`asyncio.run(main())`],
      [`asyncio.run(main())`],
      [`with asyncio.Runner() as runner:`, `    runner.run(main())`],
      [`loop = asyncio.new_event_loop()`, `loop.run_until_complete(main())`, `loop.close()`],
    ];
    const way = this.random.pick(ways);
    if (this.random.chance(0.3))
      return [`try:`, ...indent(way), `except Exception as error:`, `    print("outside:", repr(error))`];
    return way;
  }

  text() {
    const functions = [];
    for (let index = this.functions - 1; index >= 0; index -= 1) functions.unshift(...this.function(index));
    return `${HEADER}\n${[...functions, ...this.main(), ...this.start()].join("\n")}\n`;
  }
}

const indent = (lines) => lines.map((line) => (line === "" ? line : `    ${line}`));

/** What all tasks of a program share. They are made inside the loop and live as long as `main` does. */
const SHARED = [`shared = Shared()`];

const SHARED_CLASS = `
class Shared:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.seats = asyncio.Semaphore(2)
        self.event = asyncio.Event()
        self.queue = asyncio.Queue(2)
        self.condition = asyncio.Condition()


shared = None

`;

/** Ends every task that is left in an order of its own: `all_tasks()` is a set. */
const JOIN = [
  `left = sorted(asyncio.all_tasks() - {asyncio.current_task()}, key=lambda task: task.get_name())`,
  `for task in left:`,
  `    task.cancel()`,
  `    try:`,
  `        await task`,
  `    except asyncio.CancelledError:`,
  `        say("cancelled", task.get_name())`,
  `    except Exception as error:`,
  `        say("failed", task.get_name(), repr(error))`,
];

const guarded = (random, line) => {
  const way = random.below(4);
  if (way === 0) return [line];
  if (way === 1) return [`try:`, `    ${line}`, `except Exception as error:`, `    say(who, "caught", repr(error))`];
  if (way === 2) {
    return [
      `try:`,
      `    ${line}`,
      `except ValueError as error:`,
      `    say(who, "caught", error)`,
      `finally:`,
      `    say(who, "left")`,
    ];
  }
  return [
    `try:`,
    `    ${line}`,
    `except asyncio.CancelledError:`,
    `    say(who, "was cancelled")`,
    `    raise`,
    `except Exception as error:`,
    `    say(who, "caught", repr(error))`,
  ];
};

const SIMPLE = [
  (p) => [`await asyncio.sleep(${p.duration()})`],
  (p) => [`await asyncio.sleep(${p.duration()})`, `say(who, "slept")`],
  () => [`await asyncio.sleep(0)`, `say(who, "yielded")`],
  (p) => p.random.chance(0.3) && [`raise ${p.random.pick(["ValueError", "KeyError", "OSError"])}(who)`],
  () => [`shared.event.set()`],
  () => [`shared.event.clear()`],
  (p) => guarded(p.random, `await asyncio.wait_for(shared.event.wait(), ${p.duration()})`),
  (p) => p.random.chance(0.2) && [`await shared.event.wait()`, `say(who, "saw the event")`],
  (p) => guarded(p.random, `await asyncio.wait_for(shared.queue.put(who), ${p.duration()})`),
  (p) => guarded(p.random, `say(who, "got", await asyncio.wait_for(shared.queue.get(), ${p.duration()}))`),
  (p) => p.random.chance(0.3) && [`say(who, "took", await shared.queue.get())`],
  () => [`if not shared.queue.full():`, `    shared.queue.put_nowait(who + "!")`],
  (p, scope) => {
    const call = p.call(scope);
    if (call === undefined) return undefined;
    const task = p.name("task");
    scope.tasks.push(task);
    return [`${task} = asyncio.create_task(${call}${p.random.chance(0.3) ? `, name="${task}"` : ""})`];
  },
  (p, scope) => {
    const call = p.call(scope);
    return call && [`asyncio.create_task(${call})`];
  },
  (p, scope) => {
    const call = p.random.chance(0.4) && p.call(scope);
    return call && [call];
  },
  (p, scope) => {
    const call = p.call(scope);
    return call && guarded(p.random, `say(who, "returned", await ${call})`);
  },
  (p, scope) => scope.tasks.length > 0 && guarded(p.random, `say(who, "joined", await ${p.random.pick(scope.tasks)})`),
  (p, scope) => scope.tasks.length > 0 && [`say(who, "cancels", ${p.random.pick(scope.tasks)}.cancel())`],
  (p, scope) => scope.tasks.length > 0 && [`${p.random.pick(scope.tasks)}.add_done_callback(finished)`],
  (p, scope) => scope.tasks.length > 0 && [`say(who, "sees", ${p.random.pick(scope.tasks)})`],
  (p, scope) => {
    const calls = p.calls(scope, 3);
    const option = p.random.chance(0.4) ? ", return_exceptions=True" : "";
    return (
      calls.length > 0 && guarded(p.random, `say(who, "gathered", await asyncio.gather(${calls.join(", ")}${option}))`)
    );
  },
  (p, scope) => {
    const call = p.call(scope);
    return call && guarded(p.random, `say(who, "in time", await asyncio.wait_for(${call}, ${p.duration()}))`);
  },
  (p, scope) => {
    const call = p.call(scope);
    return call && guarded(p.random, `say(who, "shielded", await asyncio.shield(${call}))`);
  },
  (p, scope) => {
    const calls = p.calls(scope, 3);
    if (calls.length === 0) return undefined;
    const when = p.random.pick(["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"]);
    const limit = p.random.chance(0.4) ? `, timeout=${p.duration()}` : "";
    return [
      `made = [${calls.map((call) => `asyncio.create_task(${call})`).join(", ")}]`,
      `done, pending = await asyncio.wait(made, return_when=asyncio.${when}${limit})`,
      `say(who, "waited", sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))`,
      ...(p.random.chance(0.5) ? [`for one in made:`, `    one.cancel()`] : []),
      ...(p.random.chance(0.5) ? [`del made, done, pending`] : []),
    ];
  },
  (p) => [`asyncio.get_running_loop().call_later(${p.duration()}, say, who, "later")`],
  (p) => p.random.chance(0.3) && [`asyncio.get_running_loop().call_later(${p.duration()}, fail, who)`],
  () => [`asyncio.get_running_loop().call_soon(say, who, "soon")`],
  (p) => [`handle = asyncio.get_running_loop().call_later(${p.duration()}, say, who, "never")`, `handle.cancel()`],
  (p) => {
    const end = p.random.pick([`set_result, who`, `set_exception, OSError(who)`, `cancel`]);
    return [
      `future = asyncio.get_running_loop().create_future()`,
      `asyncio.get_running_loop().call_later(${p.duration()}, future.${end})`,
      ...guarded(p.random, `say(who, "received", await future)`),
    ];
  },
  (p) => p.random.chance(0.3) && [`asyncio.get_running_loop().create_future().set_exception(OSError(who))`],
  (p) => p.random.chance(0.25) && [`await asyncio.Event().wait()`],
  (p) => p.random.chance(0.25) && [`asyncio.current_task().cancel(who)`],
  (p) => [`async for number in count(3, ${p.duration()}):`, `    say(who, "counts", number)`],
  (p) => p.random.chance(0.4) && [`async for number in count(3, ${p.duration()}):`, `    break`],
  (p) => [
    `async with contextlib.aclosing(count(2, ${p.duration()})) as numbers:`,
    `    async for number in numbers:`,
    `        break`,
  ],
];

const NESTED = [
  (p, scope, depth) => [`async with shared.lock:`, ...indent(p.body(scope, depth))],
  (p, scope, depth) => [`async with shared.seats:`, ...indent([`say(who, "sits")`, ...p.body(scope, depth)])],
  (p, scope, depth) => [
    `try:`,
    `    async with asyncio.timeout(${p.duration()}):`,
    ...indent(indent(p.body(scope, depth))),
    `except TimeoutError:`,
    `    say(who, "timed out")`,
  ],
  (p, scope, depth) => [
    `try:`,
    ...indent(p.body(scope, depth)),
    `finally:`,
    ...indent(
      p.random.chance(0.4)
        ? [`await asyncio.sleep(${p.duration()})`, `say(who, "cleaned up")`]
        : [`say(who, "cleans up")`],
    ),
  ],
  (p, scope, depth) => [
    `try:`,
    ...indent(p.body(scope, depth)),
    `except asyncio.CancelledError:`,
    ...indent([`say(who, "hears of it")`, ...(p.random.chance(0.6) ? [`raise`] : [])]),
  ],
  (p, scope) => {
    const calls = p.calls(scope, 3);
    return (
      calls.length > 0 && [
        `try:`,
        `    async with asyncio.TaskGroup() as group:`,
        ...indent(indent(calls.map((call) => `group.create_task(${call})`))),
        `except* ValueError as errors:`,
        `    say(who, "group:", errors.exceptions)`,
      ]
    );
  },
  (p) => [
    `async with shared.condition:`,
    `    with contextlib.suppress(TimeoutError):`,
    `        await asyncio.wait_for(shared.condition.wait(), ${p.duration()})`,
    `    say(who, "has the condition")`,
  ],
  (p) => [`async with shared.condition:`, `    shared.condition.${p.random.pick(["notify()", "notify_all()"])}`],
  (p, scope) => {
    const call = p.call(scope);
    return call && [`for turn in range(2):`, `    asyncio.create_task(${call.replace(`")`, `:" + str(turn))`)})`];
  },
];

/** The program with this number. */
export function generate(seed) {
  const program = new Program(seed);
  return program.text().replace("\n\n\nasync def count", `\n\n${SHARED_CLASS}\nasync def count`);
}
