/**
 * What the page keeps in this browser. Storage may be absent, full or forbidden (sandboxed frames throw on access), and
 * none of that may keep anyone from working: every access is guarded, and what cannot be read counts as not there.
 */
let prefix = "loopscope:";

/** Keeps apart what is kept from here on from what others keep. */
export function useArea(name: string): void {
  prefix = `loopscope:${name}:`;
}

export function load<T>(name: string, valid: (value: unknown) => value is T): T | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(prefix + name) ?? "null");
    return valid(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether it was kept. */
export function save(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(prefix + name);
  } catch {
    // Nothing was kept, then.
  }
}
