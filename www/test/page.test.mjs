/** The parts of the page that are functions of their input: the state, links, output, the timeline and places. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { Text } from "@codemirror/state";

const page = await import(new URL("../dist/node/internals.js", import.meta.url));
const { DEFAULT_OPTIONS, initialState, noRows, singleFile, update } = page;

const begin = (text = "pass\n") => initialState(singleFile(text), DEFAULT_OPTIONS);
const after = (state, ...actions) => actions.reduce(update, state);
/** What an analysis answers that has nothing but what is given here. */
const timeline = ({ lanes = [], from = 0, slices = [], ...changes }) => ({
  lanes,
  count: lanes.length,
  alive: lanes.filter(({ fate }) => fate === "running").length,
  version: 1,
  from,
  next: from + slices.length,
  total: from + slices.length,
  slices,
  open: [],
  arrows: [],
  marks: [],
  now: 0,
  ...changes,
});
const output = (time, text, stream = "stdout") => ({ time, kind: { output: { stream, text, task: null } } });
const news = (changes) => ({
  type: "runUpdated",
  update: { events: [], diagnostics: [], timeline: timeline({}), ...changes },
});

test("what a program has written neither turns a sentence round nor vanishes in it", () => {
  const said = (message) => page.sentenceOf({ message, messageRu: message }, "en");
  assert.equal(said("`\u202etask` failed: \u2066x\x00\x1b"), "`\\u202etask` failed: \\u2066x\\u0000\\u001b");
  assert.equal(said("task `two\nlines`"), "task `two\\nlines`");
  assert.equal(said("task `` ended"), "task `''` ended");
  assert.equal(said("`a` `b`"), "`a` `b`");
  assert.equal(said("task ` ` and `b` ended"), "task `'\u00a0'` and `b` ended");
  assert.equal(said("задача `имя` 👍🏽"), "задача `имя` 👍🏽");
});

describe("links", () => {
  /** A payload as a stranger might write it. */
  const link = (payload) => `#code/${deflateRawSync(JSON.stringify(payload)).toString("base64url")}`;
  const hard = 'print("é😀<b>&amp;", `x`)\r\n\tпривет\n';

  test("restore every file, the entry, the input and the options", async () => {
    const workspace = {
      entry: "main.py",
      files: [
        { path: "helper.py", text: hard },
        { path: "main.py", text: "import helper" },
      ],
      module: null,
      arguments: ["--fast", "два"],
      input: "line\n",
      wheels: [{ name: "tidy 1.2", files: [{ path: "tidy.py", text: hard }] }],
    };
    const options = { seed: 7, classicPolicy: true };
    const hash = await page.encodeLink({ workspace, options });
    assert.match(hash, /^#code\/[A-Za-z0-9_-]+$/);
    assert.deepEqual(await page.decodeLink(hash), { workspace, options });
  });

  test("restore another schedule and a cancellation, and no cancellation that is none", async () => {
    const options = { schedule: 3, cancel: { task: 2, step: 1 } };
    const hash = await page.encodeLink({ workspace: singleFile("pass"), options });
    assert.deepEqual((await page.decodeLink(hash)).options, options);
    for (const cancel of [7, { task: 0, step: 1 }, { task: 1.5, step: 1 }, { task: "2", step: 1 }]) {
      const { options: read } = await page.decodeLink(link({ v: 1, f: [["main.py", "pass"]], o: { cancel } }));
      assert.deepEqual(read, {});
    }
  });

  test("restore the network, signals and thresholds, and none that the engine could not read", async () => {
    const network = { latency: 5_000_000, bandwidth: 1000, loss: 20, disconnect: 0 };
    const options = { network, signals: [{ number: 2, time: 1_000_000_000 }], collectAt: 7, manyTasks: 5 };
    const hash = await page.encodeLink({ workspace: singleFile("pass"), options });
    assert.deepEqual((await page.decodeLink(hash)).options, options);
    const wrong = { network: { loss: 1001 }, signals: [{ number: 99, time: 0 }], collectAt: -1, manyTasks: 2 ** 40 };
    const { options: read } = await page.decodeLink(link({ v: 1, f: [["main.py", "pass"]], o: wrong }));
    assert.deepEqual(read, {});
  });

  test("restore the moment that was looked at", async () => {
    const hash = await page.encodeLink({ workspace: singleFile("pass"), options: {}, time: 1_500_000 });
    assert.equal((await page.decodeLink(hash)).time, 1_500_000);
    assert.equal("time" in (await page.decodeLink(link({ v: 1, f: [["main.py", "pass"]], t: "soon" }))), false);
  });

  test("are short", async () => {
    const text = "import asyncio\n\n\nasync def main():\n    await asyncio.sleep(1)\n\n\nasyncio.run(main())\n".repeat(
      7,
    );
    const hash = await page.encodeLink({ workspace: singleFile(text), options: {} });
    assert.ok(hash.length < text.length / 2, `${hash.length} characters`);
  });

  test("other addresses are not links of ours", async () => {
    assert.equal(await page.decodeLink(""), null);
    assert.equal(await page.decodeLink("#section"), null);
  });

  test("damaged or newer ones are refused as a whole", async () => {
    const whole = await page.encodeLink({ workspace: singleFile("pass"), options: {} });
    await assert.rejects(page.decodeLink(whole.slice(0, -6)));
    await assert.rejects(page.decodeLink("#code/!!!"));
    await assert.rejects(page.decodeLink(link({ v: 2, f: [["main.py", "pass"]] })));
    await assert.rejects(page.decodeLink(link({ v: 1, f: [] })));
    await assert.rejects(page.decodeLink(link({ v: 1, f: [["main.py", 5]] })));
    await assert.rejects(page.decodeLink(link({ v: 1, f: [["main.py", "x".repeat(5 << 20)]] })));
  });

  test("set no limits and nothing that is not an option", async () => {
    const options = { seed: -1, debug: "yes", collectEveryStep: true, limits: { work: 1e15 }, other: 1 };
    const read = await page.decodeLink(link({ v: 1, f: [["main.py", "pass"]], o: options }));
    assert.deepEqual(read.options, { collectEveryStep: true });
  });
});

describe("the state", () => {
  test("update changes nothing it was given", () => {
    const freeze = (value) => {
      Object.values(value).forEach((part) => typeof part === "object" && part !== null && freeze(part));
      return Object.freeze(value);
    };
    const state = freeze(begin());
    const next = after(state, { type: "edited", path: "main.py", text: "x" }, { type: "runStarted" });
    assert.equal(state.workspace.files[0].text, "pass\n");
    assert.equal(next.workspace.files[0].text, "x");
  });

  test("what was typed comes back after something else was opened", () => {
    const typed = after(begin(), { type: "edited", path: "main.py", text: "mine" });
    const program = { workspace: singleFile("example"), options: DEFAULT_OPTIONS, example: "one" };
    const other = after(typed, { type: "opened", program }, { type: "opened", program });
    assert.equal(other.workspace.files[0].text, "example");
    assert.equal(other.notice, "replaced");
    const back = after(other, { type: "previousRestored" });
    assert.equal(back.workspace.files[0].text, "mine");
    assert.ok(back.revision > other.revision, "the editor is told");
  });

  test("a removed file comes back too", () => {
    const two = after(begin(), { type: "fileAdded", path: "b.py" }, { type: "edited", path: "b.py", text: "b = 1" });
    const one = after(two, { type: "fileRemoved", path: "b.py" });
    assert.deepEqual([one.active, one.workspace.files.length], ["main.py", 1]);
    assert.deepEqual(after(one, { type: "fileRestored" }).workspace, two.workspace);
  });

  test("nothing is said of a program that is opened where it is already", () => {
    const state = begin("mine");
    const { workspace, options } = state;
    assert.equal(after(state, { type: "opened", program: { workspace, options, example: null } }).notice, null);
  });

  test("what was done since a file was removed stays when it comes back", () => {
    const two = after(begin(), { type: "fileAdded", path: "b.py" }, { type: "edited", path: "b.py", text: "b = 1" });
    const back = after(
      two,
      { type: "fileRemoved", path: "main.py" },
      { type: "edited", path: "b.py", text: "b = 2" },
      { type: "fileAdded", path: "main.py", text: "new" },
      { type: "fileRestored" },
    );
    assert.deepEqual(back.workspace.files, [
      { path: "main_2.py", text: "pass\n" },
      { path: "b.py", text: "b = 2" },
      { path: "main.py", text: "new" },
    ]);
    assert.deepEqual([back.workspace.entry, back.notice], ["main_2.py", null]);
    assert.equal(after(back, { type: "fileRestored" }), back);
  });

  test("the last file cannot be removed, and two cannot have one name", () => {
    const state = begin();
    assert.equal(after(state, { type: "fileRemoved", path: "main.py" }), state);
    const two = after(state, { type: "fileAdded", path: "b.py" });
    assert.equal(after(two, { type: "fileRenamed", path: "b.py", to: "main.py" }), two);
  });

  test("renaming the entry keeps it the entry", () => {
    const state = after(begin(), { type: "fileRenamed", path: "main.py", to: "app.py" });
    assert.deepEqual([state.workspace.entry, state.active], ["app.py", "app.py"]);
  });

  test("the results of a run stay until the next has something to say", () => {
    const first = after(begin(), { type: "runStarted" }, news({ events: [output(0, "one\n")] }));
    const again = after(first, { type: "runEnded", outcome: "completed" }, { type: "runStarted" });
    assert.equal(again.results.lines.length, 1);
    const second = after(again, news({ events: [output(0, "two\n")] }));
    assert.deepEqual(
      second.results.lines.map((line) => line.text),
      ["two"],
    );
  });

  test("a run that says nothing for a while is not shown as the one before", () => {
    const first = after(begin(), { type: "runStarted" }, news({ events: [output(0, "one\n")] }));
    assert.equal(after(first, { type: "runSilent" }), first, "it has said something");
    const silent = after(
      first,
      { type: "runEnded", outcome: "completed" },
      { type: "runStarted" },
      { type: "runSilent" },
    );
    assert.deepEqual([silent.run, silent.results.lines.length, silent.results.outcome], ["running", 0, null]);
  });

  test("a run that says nothing leaves nothing of the one before", () => {
    const first = after(begin(), { type: "runStarted" }, news({ events: [output(0, "one\n")] }));
    const stopped = after(first, { type: "runStarted" }, { type: "runEnded", outcome: "stopped" });
    assert.equal(stopped.results.lines.length, 0);
    assert.equal(stopped.results.outcome, "stopped");
  });

  test("typing after a run makes its results old", () => {
    const ended = after(begin(), { type: "runStarted" }, { type: "runEnded", outcome: "completed" });
    assert.equal(ended.results.stale, false);
    assert.equal(after(ended, { type: "edited", path: "main.py", text: "x" }).results.stale, true);
  });
});

describe("output", () => {
  const texts = (events) => page.withOutput([], events).map(({ time, text, stream }) => `${time} ${stream} ${text}`);

  test("lines are put together from their parts, with the time of the first", () => {
    assert.deepEqual(texts([output(1, "a"), output(2, "b\nc"), output(3, "\n\n")]), [
      "1 stdout ab",
      "2 stdout c",
      "3 stdout ",
    ]);
  });

  test("the streams never share a line", () => {
    assert.deepEqual(texts([output(1, "a"), output(2, "oh\n", "stderr"), output(3, "b\n")]), [
      "1 stdout a",
      "2 stderr oh",
      "3 stdout b",
    ]);
  });
});

describe("the timeline", () => {
  const lane = (id) => ({
    id,
    kind: "task",
    name: `Task-${id}`,
    function: "f",
    parent: null,
    start: 0,
    end: null,
    fate: "running",
  });
  const slice = (id, start, end, state) => ({ lane: id, start, end, state, label: "", stack: null });
  const first = page.withTimeline(
    noRows(),
    timeline({ lanes: [lane(1)], slices: [slice(1, 0, 5, "running")], open: [slice(1, 5, 5, "waiting")], now: 7 }),
  );
  const second = page.withTimeline(
    first,
    timeline({ lanes: [lane(1)], from: 1, slices: [slice(1, 5, 9, "waiting"), slice(1, 9, 12, "blocked")], now: 12 }),
  );

  test("grows, and what it was stays as it was", () => {
    assert.deepEqual([first.rows[0].length, first.rows[0].running], [1, 5]);
    assert.deepEqual([second.rows[0].length, second.rows[0].running, second.rows[0].blocked], [3, 8, 3]);
    assert.equal(page.sliceAt(first.rows[0], 1, first.now).end, 7, "what goes on lasts until now");
    assert.equal(second.rows[0].open, null);
  });

  test("slices that are said again are taken once", () => {
    const again = page.withTimeline(
      second,
      timeline({ lanes: [lane(1)], from: 1, slices: [slice(1, 5, 9, "waiting"), slice(1, 9, 12, "blocked")], now: 12 }),
    );
    assert.equal(again.rows[0].length, 3);
  });

  test("rows come below the one that made them, and are folded with it", () => {
    const made = (id, parent) => ({ ...lane(id), parent });
    const rows = page.withTimeline(
      noRows(),
      timeline({ lanes: [made(1, null), made(2, null), made(3, 1), made(4, 2), made(5, 3)] }),
    );
    const shown = (folded) =>
      page.shownRows(rows, new Set(folded)).map(({ row, depth, parent }) => [row.lane.id, depth, parent]);
    assert.deepEqual(shown([]), [
      [1, 0, true],
      [3, 1, true],
      [5, 2, false],
      [2, 0, true],
      [4, 1, false],
    ]);
    assert.deepEqual(
      shown([1]).map(([id]) => id),
      [1, 2, 4],
    );
  });

  test("only the lanes that have changed are told of again, and the others stay", () => {
    const both = page.withTimeline(
      noRows(),
      timeline({ lanes: [lane(1), lane(2)], open: [slice(1, 0, 0, "waiting"), slice(2, 0, 0, "ready")] }),
    );
    const next = page.withTimeline(both, timeline({ lanes: [{ ...lane(1), fate: "finished" }], count: 2 }));
    assert.deepEqual(
      next.rows.map(({ lane: { fate }, open }) => [fate, open?.state ?? null]),
      [
        ["finished", null],
        ["running", "ready"],
      ],
    );
    assert.equal(both.rows[0].open.state, "waiting", "what it was stays as it was");
  });

  test("arrows of a stretch of time are found, however many there are", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({
      slice: index,
      from: 1,
      to: 2,
      time: index * 10,
      kind: "woken",
    }));
    const arrows = page.withArrows(page.noArrows(), many);
    const found = [];
    page.visitArrows(arrows, 5_000, 5_040, (_from, _to, time) => found.push(time) < 4);
    assert.deepEqual(found, [5_000, 5_010, 5_020, 5_030]);
  });

  test("a moment's slice is found", () => {
    const row = second.rows[0];
    assert.deepEqual(
      [0, 5, 8, 11, 12].map((time) => page.firstEndingAfter(row, time)),
      [0, 1, 1, 2, 3],
    );
  });

  test("zooming keeps the moment under the pointer, and stays within the run", () => {
    const now = 1e9;
    const whole = page.wholeRange(now);
    const near = page.zoomed(whole, 0.5, 4e8, now);
    const share = (range) => (4e8 - range.from) / (range.to - range.from);
    assert.ok(Math.abs(share(near) - share(whole)) < 1e-9);
    const far = page.zoomed(near, 100, 4e8, now);
    assert.deepEqual([far.from, Math.round(far.to)], [whole.from, Math.round(whole.to)]);
    assert.equal(page.moved(near, -1e12, now).from, 0);
  });

  test("the ruler counts minutes and hours in their own round numbers", () => {
    const words = (to) => {
      const { times, step } = page.ticks({ from: 0, to }, 800);
      return times.map((time) => page.tickText(time, step, "en")).slice(1, 3);
    };
    assert.deepEqual(words(3.6e12), ["10 min", "20 min"]);
    assert.deepEqual(words(300e9), ["60 s", "2 min"]);
    assert.deepEqual(words(86_400e9), ["6 h", "12 h"]);
  });

  test("the ruler has round and different words for its moments", () => {
    for (const to of [1e3, 5e6, 1.6e9, 7.5e10, 3.6e12]) {
      const range = { from: 0, to };
      const { times, step } = page.ticks(range, 800);
      assert.ok(times.length >= 3 && times.length <= 12, `${times.length} for ${to}`);
      assert.equal(new Set(times.map((time) => page.tickText(time, step, "en"))).size, times.length);
    }
  });
});

describe("numbers", () => {
  /** The browser's own formats are what small numbers are written like, without waiting for one. */
  test("are written as the language writes them", () => {
    for (const language of ["en", "ru", "de"]) {
      for (const [most, least] of [
        [0, 0],
        [1, 0],
        [2, 0],
        [1, 1],
        [3, 3],
      ]) {
        const format = new Intl.NumberFormat(language, { maximumFractionDigits: most, minimumFractionDigits: least });
        const some = [
          0, -0, 0.05, 0.5, 1.005, 2.675, 9.995, 99.95, 999.49, 999.5, 999.995, 1e-9, -1.5, 12_345.678, 1e21,
        ];
        const many = Array.from({ length: 2_400 }, (_, number) => (number * 7) / 16 + (number % 7) / 1_000);
        for (const value of [...some, ...many]) {
          assert.equal(page.decimal(value, language, most, least), format.format(value), `${value} in ${language}`);
        }
      }
    }
  });
});

describe("the playhead", () => {
  const event = (time, name) => ({ time, kind: { [name]: {} } });
  const all = page.withEvents(page.noInstants(), [
    event(0, "source"),
    event(0, "iteration"),
    event(0, "stepStarted"),
    event(5, "stack"),
    event(5, "stepEnded"),
    event(5, "iteration"),
    event(9, "ended"),
  ]);
  const walk = (from, stride, by) => {
    const counts = [];
    for (let at = from; ;) {
      const next = page.stepped(all, at, stride, by);
      if (next.count === at.count) return counts;
      counts.push(next.count);
      at = next;
    }
  };

  test("steps by event, passing over introductions, and back the same way", () => {
    assert.deepEqual(walk({ count: 0, time: 0 }, "event", 1), [2, 3, 5, 6, 7]);
    assert.deepEqual(walk(page.lastInstant(all), "event", -1), [6, 5, 3, 2, 0]);
  });

  test("steps by turn of the loop", () => {
    assert.deepEqual(walk({ count: 0, time: 0 }, "turn", 1), [2, 6, 7]);
    assert.deepEqual(walk(page.lastInstant(all), "turn", -1), [6, 2, 0]);
  });

  test("finds everything that has happened until a moment", () => {
    assert.deepEqual(
      [0, 4, 5, 100].map((time) => page.instantAt(all, time).count),
      [3, 3, 6, 7],
    );
  });
});

describe("fixes", () => {
  const span = (line, column, endLine, endColumn) => ({ line, column, endLine, endColumn });
  const file = (text) => [{ path: "main.py", text }];
  const edit = (place, text) => ({ file: "main.py", span: place, text });
  const fixed = (text, ...edits) => page.withFix(file(text), { title: "", edits })[0].text;

  test("replace what stands at their places, whatever comes before", () => {
    const text = 'a = "😀é"; nap()\nb\n';
    assert.equal(fixed(text, edit(span(1, 11, 1, 16), "await nap()")), 'a = "😀é"; await nap()\nb\n');
    assert.equal(
      fixed(text, edit(span(2, 1, 2, 2), "c"), edit(span(1, 1, 1, 1), "import x\n")),
      'import x\na = "😀é"; nap()\nc\n',
    );
  });

  test("may add lines at the end, and leave other files alone", () => {
    assert.equal(fixed("a", edit(span(2, 1, 2, 1), "\nb")), "a\nb");
    const files = [...file("a"), { path: "b.py", text: "b" }];
    const after = page.withFix(files, { title: "", edits: [edit(span(1, 1, 1, 2), "c")] });
    assert.equal(after[1], files[1]);
  });

  test("make the run so far the one to compare with, and are for the text that ran only", () => {
    const ended = after(begin("a\n"), { type: "runStarted" }, { type: "runEnded", outcome: "completed" });
    const fix = { title: "", edits: [edit(span(1, 1, 1, 2), "b")] };
    const state = after(ended, { type: "fixApplied", fix });
    assert.equal(state.workspace.files[0].text, "b\n");
    assert.equal(state.baseline, ended.results);
    const typed = after(ended, { type: "edited", path: "main.py", text: "x\n" });
    assert.equal(after(typed, { type: "fixApplied", fix }), typed);
  });

  test("are judged by what has gone and what has come", () => {
    const found = (rule, line) => ({ rule, file: "main.py", span: span(line, 1, line, 2) });
    const { gone, come } = page.compared(
      [found("deadlock", 3), found("blocking-call", 5), found("blocking-call", 9)],
      [found("blocking-call", 6), found("dangling-task", 1)],
    );
    assert.deepEqual(
      [gone.map(({ rule }) => rule), come.map(({ rule }) => rule)],
      [["deadlock", "blocking-call"], ["dangling-task"]],
    );
  });
});

describe("predictions", () => {
  const line = (text, stream = "stdout") => ({ time: 0, stream, text, ended: true });

  test("ask for the order of what is printed, never in its own", () => {
    const guess = page.guessFrom([line("a"), line("oh", "stderr"), line("b"), line("")]);
    assert.deepEqual([...guess.lines], ["a", "b"]);
    assert.deepEqual([...guess.order], [1, 0]);
    const right = page.movedLine(guess, 0, 1);
    assert.ok(right.order.every((_, at) => page.isRight(right, at)));
  });

  test("take equal lines for each other", () => {
    const guess = { lines: ["a", "b", "a"], order: [2, 1, 0], checked: true };
    assert.ok(guess.order.every((_, at) => page.isRight(guess, at)));
  });
});

describe("places", () => {
  const doc = Text.of(['x = "😀é"; y', "", "    call()"]);
  const found = (line, column, endLine, endColumn) => {
    const { from, to } = page.rangeOf(doc, { line, column, endLine, endColumn });
    return doc.sliceString(from, to);
  };

  test("columns count characters", () => {
    assert.equal(found(1, 5, 1, 9), '"😀é"');
    assert.equal(found(1, 11, 1, 12), "y");
  });

  test("an empty place shows its word, and one beyond the text is brought back", () => {
    assert.equal(found(3, 5, 3, 5), "call");
    assert.equal(found(99, 5, 99, 11), "call()");
    assert.equal(found(3, 500, 3, 501), ")");
  });
});

test("examples are shown without what only their tests read", () => {
  const source =
    "work()  # warning: blocking-call  # error: deadlock\nmore()  # a remark\n\n# prints: a: b\n# outcome: completed\n";
  assert.equal(page.withoutExpectations(source), "work()\nmore()  # a remark\n");
});

describe("exploration", () => {
  const finding = (id, reproduce = null) => ({
    id,
    rule: "assumed-order",
    severity: "error",
    evidence: "observed",
    message: "",
    messageRu: "",
    cpython: null,
    file: "main.py",
    span: { line: 1, column: 1, endLine: 1, endColumn: 2 },
    time: 5,
    count: 1,
    related: [],
    task: null,
    fixes: [],
    reproduce,
  });
  const other = finding("other", { schedule: 3, cancel: null });
  const ran = after(
    begin(),
    { type: "runStarted" },
    news({ diagnostics: [finding("own")] }),
    { type: "runEnded", outcome: "completed" },
    { type: "exploreStarted" },
  );
  const progress = (next, done, diagnostics) => ({ next, done, total: 13, diagnostics });
  const ids = (state) => state.results.diagnostics.map(({ id }) => id);

  test("adds what other runs show to what this one has shown, each once", () => {
    const half = after(ran, { type: "exploreUpdated", progress: progress(DEFAULT_OPTIONS, 4, [other]) });
    assert.deepEqual(ids(half), ["own", "other"]);
    assert.deepEqual(half.exploring, { done: 4, total: 13 });
    assert.equal(half.results.explored, false);
    const whole = after(
      half,
      { type: "exploreUpdated", progress: progress(null, 13, [other]) },
      { type: "exploreEnded" },
    );
    assert.deepEqual(ids(whole), ["own", "other"]);
    assert.deepEqual([whole.exploring, whole.results.explored], [null, true]);
  });

  test("does not turn to a time that is another run's", () => {
    const state = after(
      ran,
      { type: "exploreUpdated", progress: progress(null, 13, [other]) },
      { type: "findingChosen", id: "other", look: true },
    );
    assert.deepEqual([state.finding, state.instant], ["other", null]);
  });

  test("shows another run beside the one as written, and goes back", () => {
    const found = after(ran, { type: "exploreUpdated", progress: progress(null, 13, [other]) });
    const varied = after(found, { type: "varied", variation: other.reproduce });
    assert.equal(varied.options.schedule, 3);
    assert.deepEqual(
      varied.baseline.diagnostics.map(({ id }) => id),
      ["own"],
    );
    const back = after(varied, { type: "varied", variation: { schedule: 0, cancel: null } });
    assert.deepEqual([back.options, back.baseline], [DEFAULT_OPTIONS, null]);
  });
});
