import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ERRORS } from '../src/errors.ts'

test('docs/errors.md lists every code with its status and exit code, and no other', () => {
  const page = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8')
  const listed = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\d+) \| \S/gm)].map(([, code, status, exit]) => [
    code,
    { status: Number(status), exit: Number(exit) },
  ])
  const known = Object.entries(ERRORS).map(([code, { status, exit }]) => [code, { status, exit }])
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known))
  expect(listed.length).toBe(known.length)
})
