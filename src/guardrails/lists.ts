/** Named lists: one entry a line in `models/lists/NAME.txt`, and the snapshots of mail providers that come with the program. */
import { DISPOSABLE_MAIL_DOMAINS, FREE_MAIL_DOMAINS } from '../mail-providers.ts'
import type { NamedLists } from './operator.ts'

/** There for every rule, without a file; a file of the same name takes its place. What models read is the snapshot either way. */
const BUILT_IN: Readonly<Record<string, string>> = {
  'disposable-mail-domains': DISPOSABLE_MAIL_DOMAINS,
  'free-mail-domains': FREE_MAIL_DOMAINS,
}

/** All of the folder, by name, and those that come with the program. */
export function parseLists(texts: Readonly<Record<string, string>>): NamedLists {
  return {
    ...Object.fromEntries(Object.entries(BUILT_IN).map(([name, text]) => [name, text.trim().split(/\s+/)])),
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseList(text)])),
  }
}

/** A named list as it stands in its file: one entry a line; `#` begins a comment. */
export function parseList(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
}
