/** Results are kept seed by seed, so that a run that was interrupted goes on where it was. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SeedResult } from './seed-result.ts'

/** What results belong to: those of another commit, or another size, say nothing about this one. */
export interface ResultsKey {
  readonly commit: string
  readonly leads: number
}

type KeptResult = ResultsKey & { readonly result: SeedResult }

/** Of a working tree with changes, or outside git, nobody can say later what was measured: nothing of it is kept, and nothing is taken for it. */
export function areKept({ commit }: ResultsKey): boolean {
  return /^[0-9a-f]{7,64}$/.test(commit)
}

/** By seed; empty where the file is of something else. A last line that was torn by a kill is passed over. */
export function readResults(file: string, key: ResultsKey): Map<number, SeedResult> {
  if (!areKept(key)) return new Map()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const kept = lines.flatMap((line): KeptResult[] => {
    try {
      return line === '' ? [] : [JSON.parse(line) as KeptResult]
    } catch {
      return []
    }
  })
  return new Map(
    kept
      .filter(({ commit, leads }) => commit === key.commit && leads === key.leads)
      .map(({ result }) => [result.seed, result]),
  )
}

export function keepResult(file: string, key: ResultsKey, result: SeedResult): void {
  if (!areKept(key)) return
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify({ ...key, result })}\n`)
}

export function forgetResults(file: string): void {
  if (existsSync(file)) writeFileSync(file, '')
}
