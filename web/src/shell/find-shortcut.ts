export interface Shortcut {
  /** `j`, `Enter`, or one after the other: `g q`. */
  readonly keys: string
  /** `opens the lead`. */
  readonly does: string
  readonly run: () => void
}

/** The shortcut that `key` completes after `before`, or what it may yet become. What leads nowhere is forgotten. */
export function findShortcut(
  shortcuts: readonly Shortcut[],
  before: string,
  key: string,
): { readonly found: Shortcut | null; readonly pending: string } {
  for (const keys of before === '' ? [key] : [`${before} ${key}`, key]) {
    const found = shortcuts.find((one) => one.keys === keys)
    if (found) return { found, pending: '' }
    if (shortcuts.some((one) => one.keys.startsWith(`${keys} `))) return { found: null, pending: keys }
  }
  return { found: null, pending: '' }
}
