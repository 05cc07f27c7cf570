/** The names of files, by one rule, and what becomes of files whichever way they come. */

import assert from "node:assert/strict";
import { File } from "node:buffer";
import { describe, test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { withLoopscope } from "./helpers.mjs";

const page = await import(new URL("../dist/node/internals.js", import.meta.url));
const { decodeLink, DEFAULT_OPTIONS, initialState, Paths, placed, singleFile, Store, takeFiles, undoable, update } =
  page;

const paths = (...all) => new Paths(all.map((path) => ({ path })));

describe("the rule of names", () => {
  test("says what is wrong with a name", () => {
    const program = paths("main.py", "pack/inner.py");
    for (const [name, fault] of [
      ["other.py", null],
      ["Main.py", null],
      ["my data, 2 (final).csv", null],
      ["папка/файл.py", null],
      ["👩‍👩‍👧.txt", null],
      [".env", null],
      ["", "empty"],
      ["a//b.py", "parts"],
      ["/a.py", "parts"],
      ["a/", "parts"],
      ["../a.py", "parts"],
      ["a/./b.py", "parts"],
      ["a / b.py", "parts"],
      ["a\\b.py", "signs"],
      ["a:b.py", "signs"],
      ["a\nb.py", "signs"],
      ["a\u202eyp.b", "signs"],
      ["a\ud800.py", "signs"],
      [`${"a".repeat(198)}.py`, "tooLong"],
      ["main.py", "taken"],
      ["main.py/inner.py", "inTheWay"],
      ["pack", "inTheWay"],
    ])
      assert.equal(program.fault(name), fault, JSON.stringify(name));
  });

  test("finds a name for whatever comes, and gives none twice", () => {
    const program = paths("main.py", "notes.txt");
    for (const [wanted, path] of [
      ["/etc/passwd", "etc/passwd"],
      ["../../main.py", "main_2.py"],
      ["main.py", "main_3.py"],
      ["a//b/./c/../d.py", "a/b/d.py"],
      ["a\\b\\e.py", "a/b/e.py"],
      ["main.py/x.py", "main.py_x.py"],
      ["a", "a_2"],
      ["a/b", "a/b_2"],
      [" \u202ewhat?.txt ", "_what_.txt"],
      ["", "file"],
      ["..", "file_2"],
      ["и\u0306.py", "й.py"],
      [".env", ".env"],
      [".env", ".env_2"],
      ["archive.tar.gz", "archive.tar.gz"],
    ])
      assert.equal(program.take(wanted), path, JSON.stringify(wanted));
  });

  test("shortens what is too long, and leaves its ending and its characters whole", () => {
    const program = paths();
    const [one, two] = ["😀", "😀"].map((sign) => program.take(`${sign.repeat(300)}.py`));
    for (const path of [one, two]) {
      assert.match(path, /^😀+(_2)?\.py$/u);
      assert.ok(path.length <= 200);
    }
    assert.notEqual(one, two);
  });

  test("takes many files of one name in no time", () => {
    const given = Array.from({ length: 50_000 }, () => ({ path: "a//b.py" }));
    const begun = performance.now();
    const { files } = placed(given);
    assert.ok(performance.now() - begun < 2_000);
    assert.equal(new Set(files.map(({ path }) => path)).size, given.length);
  });

  test("holds for a file that is renamed, and for one that comes back", () => {
    const state = [
      { type: "fileAdded", path: "b.py" },
      { type: "fileRemoved", path: "b.py" },
      { type: "fileAdded", path: "b.py/c.py" },
    ].reduce(update, initialState(singleFile("pass"), DEFAULT_OPTIONS));
    for (const to of ["", "../x.py", "b.py", "b.py/c.py/d.py"])
      assert.equal(update(state, { type: "fileRenamed", path: "main.py", to }), state, to);
    assert.equal(update(state, { type: "fileRestored" }).active, "b_2.py");
  });
});

describe("a link in a text", () => {
  test("is not broken by the sign that comes after it", async () => {
    const link = await page.encodeLink({ workspace: singleFile("one"), options: {} });
    for (const after of ["", ".", ")", ">,", "%22", "=="])
      assert.equal((await decodeLink(link + after)).workspace.files[0].text, "one", after);
  });

  test("is not broken by the name of its program", async () => {
    const state = initialState(singleFile("one", "a](b) [`c`.py"), DEFAULT_OPTIONS);
    const { markdown } = await page.shareTexts(state, "https://example.org/");
    assert.match(markdown, /^\[a\\\]\(b\) \\\[\\`c\\`\.py\]\(https:\/\/example\.org\/#code\/[\w-]+\)$/);
  });
});

describe("a link with names that cannot be", () => {
  const opened = (payload) =>
    decodeLink(`#code/${deflateRawSync(JSON.stringify({ v: 1, ...payload })).toString("base64url")}`);

  test("loses no file, keeps its entry, and says what is called otherwise", async () => {
    const { workspace, renamed } = await opened({
      f: [
        ["main.py", "one"],
        ["main.py", "two"],
        ["../../run.py", "three"],
        ["", "four"],
      ],
      e: "../../run.py",
    });
    assert.deepEqual(workspace.files, [
      { path: "main.py", text: "one" },
      { path: "main_2.py", text: "two" },
      { path: "run.py", text: "three" },
      { path: "file", text: "four" },
    ]);
    assert.equal(workspace.entry, "run.py");
    assert.deepEqual(renamed, [
      { from: "main.py", to: "main_2.py" },
      { from: "../../run.py", to: "run.py" },
      { from: "", to: "file" },
    ]);
  });

  test("has no mark of an encoding in its texts", async () => {
    const { workspace } = await opened({ f: [["main.py", "\ufeffone"]] });
    assert.equal(workspace.files[0].text, "one");
  });

  test("is not spoken of where all names can be", async () => {
    const shared = await opened({
      f: [
        ["a/b.py", "one"],
        ["моё.py", "two"],
      ],
    });
    assert.ok(!("renamed" in shared));
  });
});

test("half a character in a text or a name keeps no program from running", () =>
  withLoopscope(async (loopscope) => {
    const workspace = {
      files: [
        { path: "main.py", text: "print('a\ud800b', ascii(input()))" },
        { path: "\udc00.py", text: "" },
      ],
      input: "\ud800",
    };
    assert.deepEqual(loopscope.predict(workspace), []);
    const { outcome, stdout } = await loopscope.run(workspace).result;
    assert.deepEqual([outcome, stdout], ["completed", "a\ufffdb '\\ufffd'\n"]);
  }));

describe("what is dropped", () => {
  const run = (changes) =>
    JSON.stringify({ format: 1, workspace: singleFile("from the run"), options: {}, events: [], ...changes });

  /** The state after files were dropped, by their names and contents. */
  async function after(files, store = new Store(initialState(singleFile("pass"), DEFAULT_OPTIONS))) {
    const given = Object.entries(files).map(([name, content]) => new File([content], name));
    await takeFiles(given, store, (program) => store.dispatch({ type: "opened", program, typed: true }));
    return store.state;
  }

  test("is taken without a word where nothing is the matter", async () => {
    const { workspace, notice } = await after({ "a.txt": "\ufeffone\r\n", "empty.txt": "", "b.json": '{"x": 1}' });
    assert.deepEqual(
      workspace.files.slice(1).map(({ path, text }) => [path, text]),
      [
        ["a.txt", "one\r\n"],
        ["empty.txt", ""],
        ["b.json", '{"x": 1}'],
      ],
    );
    assert.equal(notice, null);
  });

  test("is refused by name, each for its reason, and the rest is taken", async () => {
    const { workspace, notice } = await after({
      "photo.png": new Uint8Array([0x89, 0x50, 0, 1]),
      "kept.py": "kept = 1",
      "big.csv": "x".repeat((1 << 20) + 1),
      "notes.whl": "no archive",
      "main.py": "another",
      "old.trace.json": JSON.stringify({ traceEvents: [], displayTimeUnit: "ns" }),
      "new.json": run({ format: 2 }),
      "broken.json": run({ workspace: { files: "none" } }),
    });
    assert.deepEqual(
      notice.refused.map(({ name, why }) => [name, why]),
      [
        ["photo.png", "notText"],
        ["big.csv", "textTooLarge"],
        ["notes.whl", "notAWheel"],
        ["old.trace.json", "chromeTrace"],
        ["new.json", "otherRun"],
        ["broken.json", "otherRun"],
      ],
    );
    assert.deepEqual(notice.renamed, [{ from: "main.py", to: "main_2.py" }]);
    assert.deepEqual(
      workspace.files.map(({ path }) => path),
      ["main.py", "kept.py", "main_2.py"],
    );
  });

  test("opens one run, to which the other files go, and offers the way back", async () => {
    const store = new Store(initialState(singleFile("pass"), DEFAULT_OPTIONS));
    store.dispatch({ type: "edited", path: "main.py", text: "mine" });
    const state = await after({ "data.txt": "data", "run.json": run({}), "second.json": run({}) }, store);
    assert.deepEqual(
      state.workspace.files.map(({ text }) => text),
      ["from the run", "data"],
    );
    assert.deepEqual(state.notice, {
      said: "replaced",
      renamed: [],
      refused: [{ name: "second.json", why: "secondRun" }],
    });
    assert.equal(undoable(state), "opening");
    assert.equal(update(state, { type: "previousRestored" }).workspace.files[0].text, "mine");
  });

  test("is called unreadable when it is, as a folder is", async () => {
    const folder = {
      name: "folder",
      size: 4096,
      arrayBuffer: () => Promise.reject(new Error("gone")),
    };
    const store = new Store(initialState(singleFile("pass"), DEFAULT_OPTIONS));
    await takeFiles([folder], store, () => undefined);
    assert.deepEqual(store.state.notice.refused, [{ name: "folder", why: "unreadable" }]);
  });
});

test("only what was replaced or opened is undone, not what is said meanwhile", () => {
  const program = { workspace: singleFile("other"), options: DEFAULT_OPTIONS, example: null };
  const begun = update(initialState(singleFile("mine"), DEFAULT_OPTIONS), { type: "opened", program });
  assert.equal(undoable(begun), "opening");
  for (const notice of ["storageFull", "wheelAdded", "badLink", { said: null, renamed: [], refused: [] }])
    assert.equal(undoable(update(begun, { type: "noticed", notice })), null, JSON.stringify(notice));
  const link = update(begun, {
    type: "opened",
    program: { ...program, renamed: [{ from: "", to: "file" }] },
    notice: "linkOpened",
  });
  assert.equal(undoable(update(link, { type: "runStarted" })), "opening");
});
