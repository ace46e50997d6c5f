/** RESULTS.md: one section a part, between comments that name it. A run replaces the sections it measured and leaves the others. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const HEAD = `# Results

Written by \`npm run bench\`; README.md beside this file tells how it measures. A ratio under 1 means that Wonlost has the smaller figure.
`

/**
 * The text of the file with this section in it.
 *
 * @param order Names of all parts: where a new section goes. What is between the sections of others stays as it is.
 */
export function replaceSection(
  text: string | null,
  name: string,
  section: string,
  order: readonly string[],
): string {
  const before = text ?? HEAD
  const fresh = `${opening(name)}\n${section}\n${closing(name)}`
  const old = placeOf(before, name)
  if (old) return before.slice(0, old.start) + fresh + before.slice(old.end)
  const later = order
    .slice(order.indexOf(name) + 1)
    .map((other) => placeOf(before, other))
    .find((place) => place !== null)
  if (later) return `${before.slice(0, later.start)}${fresh}\n\n${before.slice(later.start)}`
  return `${before.trimEnd()}\n\n${fresh}\n`
}

function opening(name: string): string {
  return `<!-- part: ${name} -->`
}

function closing(name: string): string {
  return `<!-- end of part: ${name} -->`
}

/** null when there is none. A section whose end is lost is no section: the new one goes beside it. */
function placeOf(text: string, name: string): { readonly start: number; readonly end: number } | null {
  const start = text.indexOf(opening(name))
  const end = text.indexOf(closing(name), start)
  return start < 0 || end < 0 ? null : { start, end: end + closing(name).length }
}

/** Whole or not at all: whoever interrupts finds the old file or the new one. */
export function writeSection(path: string, name: string, section: string, order: readonly string[]): void {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : null
  const fresh = `${path}.${process.pid}`
  writeFileSync(fresh, replaceSection(text, name, section, order))
  renameSync(fresh, path)
}
