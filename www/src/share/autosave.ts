/**
 * What the page keeps in this browser. Storage may be absent, full or forbidden (sandboxed frames throw on access), and
 * none of that may keep anyone from working: every access is guarded, and what cannot be read counts as not there.
 */
const KEY = "loopscope:";

export function load<T>(name: string, valid: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY + name) ?? "null");
    return valid(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether it was kept. */
export function save(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(KEY + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(KEY + name);
  } catch {
    // Nothing was kept, then.
  }
}
