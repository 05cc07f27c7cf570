/** What the page keeps in the browser, beside a store of its own that stands for one tab. */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

const page = await import(new URL("../dist/node/internals.js", import.meta.url));
const { DEFAULT_OPTIONS, initialState, PageMemory, singleFile, Store } = page;

const stored = new Map();
const give = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
let isBlocked = false;
give("localStorage", {
  getItem: (name) => stored.get(name) ?? null,
  setItem: (name, text) => {
    if (isBlocked) throw new Error("SecurityError");
    stored.set(name, text);
  },
  removeItem: (name) => stored.delete(name),
});
give("location", { hash: "", pathname: "/", search: "" });
give("document", { querySelector: () => null });

beforeEach(() => {
  stored.clear();
  isBlocked = false;
});

/** A tab that opens what the reader had, as the page does. */
function tab() {
  const store = new Store(initialState(singleFile(""), DEFAULT_OPTIONS));
  const memory = new PageMemory(store);
  store.subscribe((state, before) => {
    if (state.revision !== before.revision) memory.opened(before);
    else if (state.workspace !== before.workspace || state.options !== before.options) memory.changed();
  });
  const open = (text, example = null) =>
    store.dispatch({
      type: "opened",
      program: { workspace: singleFile(text), options: DEFAULT_OPTIONS, example },
      notice: null,
    });
  const own = memory.own();
  if (own) store.dispatch({ type: "opened", ...own });
  return {
    store,
    memory,
    open,
    type: (text) => {
      store.dispatch({ type: "edited", path: "main.py", text });
      memory.saveNow();
    },
    text: () => store.state.workspace.files[0].text,
    earlier: () => memory.earlier().map(({ workspace }) => workspace.files[0].text),
  };
}

test("preferences are there again, and none that could not be", () => {
  const { memory } = tab();
  const preferences = { theme: "dark", lang: "ru", live: true, shares: { columns: 30, rows: 60.5 } };
  memory.savePreferences(preferences);
  assert.deepEqual(tab().memory.preferences(), preferences);
  for (const shares of [7, null, { columns: 30 }, { columns: 30, rows: 99 }, { columns: "30", rows: 60 }]) {
    stored.set("loopscope:preferences", JSON.stringify({ theme: "neon", shares }));
    assert.deepEqual(memory.preferences(), {});
  }
});

describe("the reader's own program", () => {
  test("is there again", () => {
    tab().type("mine");
    assert.equal(tab().text(), "mine");
  });

  test("is there again with its files, its input and its options, though no text was typed", () => {
    for (const [action, read] of [
      [{ type: "fileRenamed", path: "main.py", to: "app.py" }, ({ workspace }) => workspace.entry === "app.py"],
      [{ type: "fileAdded", path: "b.py" }, ({ workspace }) => workspace.files.length === 2],
      [{ type: "inputChanged", input: "Bob\n" }, ({ workspace }) => workspace.input === "Bob\n"],
      [{ type: "optionsChanged", options: { seed: 7 } }, ({ options }) => options.seed === 7],
    ]) {
      stored.clear();
      const one = tab();
      one.open("example", "one");
      one.store.dispatch(action);
      one.memory.saveNow();
      assert.ok(read(tab().store.state), action.type);
    }
  });

  test("is not lost when a link is opened in another tab and typed over", () => {
    tab().type("hours of work");
    const link = tab();
    link.open("from afar");
    assert.deepEqual(link.earlier(), ["hours of work"], "before anything is typed as well");
    link.type("from afar!");
    const next = tab();
    assert.equal(next.text(), "from afar!");
    assert.deepEqual(next.earlier(), ["hours of work"]);
    link.open("another link");
    link.type("another link!");
    assert.deepEqual(tab().earlier(), ["from afar!", "hours of work"]);
  });

  test("changes places with the one that took its place", () => {
    tab().type("mine");
    const other = tab();
    other.open("example", "one");
    other.type("example!");
    const [program] = other.memory.earlier();
    other.store.dispatch({ type: "opened", program, typed: true });
    assert.equal(tab().text(), "mine");
    assert.deepEqual(tab().earlier(), ["example!"]);
    other.store.dispatch({ type: "previousRestored" });
    assert.equal(other.text(), "example!");
    assert.deepEqual([tab().text(), tab().earlier()], ["example!", ["mine"]]);
  });

  test("is kept with the last words that were typed before something else was opened", () => {
    const one = tab();
    one.type("mine");
    one.store.dispatch({ type: "edited", path: "main.py", text: "mine, and more" });
    one.open("example", "one");
    assert.equal(tab().text(), "mine, and more");
  });

  test("is one of a few: no more are kept than there is room for", () => {
    const one = tab();
    for (let number = 0; number < 20; number += 1) {
      one.open(`link ${number}`);
      one.type(`typed ${number}`);
    }
    assert.deepEqual([one.earlier().length, one.earlier()[0]], [8, "typed 18"]);
  });

  test("is not overwritten by another tab that has not changed", () => {
    const old = tab();
    old.type("old");
    const newer = tab();
    newer.type("newer");
    old.memory.saveNow();
    assert.equal(tab().text(), "newer");
    old.type("old, and more");
    assert.deepEqual([tab().text(), tab().earlier()], ["old, and more", ["newer"]]);
  });

  test("is said once not to be kept", () => {
    isBlocked = true;
    const one = tab();
    one.type("mine");
    assert.equal(one.store.state.notice, "storageFull");
    one.store.dispatch({ type: "noticed", notice: null });
    one.type("mine, and more");
    assert.equal(one.store.state.notice, null);
  });

  test("is forgotten when told to", () => {
    const one = tab();
    one.type("mine");
    one.open("example", "one");
    one.type("example!");
    one.memory.forget();
    assert.deepEqual([tab().text(), tab().earlier()], ["", []]);
  });
});
