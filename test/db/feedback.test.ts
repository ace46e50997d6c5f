import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Files of these folders that speak of the table, or import what reads it. */
function speakers(...folders: string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      /wonlost\.feedback|db\/(feedback|outcome-measures)|jobs\/(give-)?feedback/.test(
        readFileSync(join(ROOT, file), 'utf8'),
      ),
    )
    .sort()
}

// With test/server/feedback.db.test.ts, where records are the same before and after: feedback is never silently a label.
test('nothing that learns, computes features or scores reads what people say', () => {
  expect(
    speakers('training', 'src/features', 'src/model', 'src/scoring', 'src/policy', 'src/guardrails'),
  ).toEqual([])
  expect(speakers('src/db')).toEqual([
    'src/db/feedback-measures.ts',
    'src/db/feedback.ts',
    'src/db/outcome-measures.ts',
    // Whether a promised response was given: for whoever waits, no score.
    'src/db/response-due.ts',
  ])
})
