/** The service beside ours: FastAPI with the same model, given to it as files (peer/app.py). */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WonlostError } from '../../src/errors.ts'
import { countryCodeOf } from '../../src/features/country-code.ts'
import { factsAt } from '../../src/features/facts.ts'
import { mailDomainOf } from '../../src/features/mail-domains.ts'
import { loadArtifact } from '../../src/scoring/load-model.ts'
import { recordOf } from '../../src/server/request-record.ts'
import { scoreRequestSchema } from '../../src/server/schemas/score-request.ts'
import { BENCH_FOLDER } from '../folders.ts'
import type { PartContext } from '../part.ts'
import type { ScoreBody } from './requests.ts'

/** Starts it on processor 0, at a port. */
export function startPeerService(context: PartContext, port: number, model: string, features: string) {
  return context.start(
    context.python,
    [
      ...['-m', 'uvicorn', 'app:app', '--app-dir', join(BENCH_FOLDER, 'http', 'peer')],
      ...['--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
      ...['--loop', 'uvloop', '--http', 'httptools', '--no-access-log', '--log-level', 'warning'],
    ],
    {
      cpus: [0],
      env: { MODEL: model, FEATURES: features, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
    },
  )
}

/** Features whose texts take word lists to read: the peer is told what ours says of the texts in these requests, and of countries. */
const READ_BY_WORDS = ['seniority', 'department', 'declared_intent', 'mail_domain_kind'] as const

/** Writes the file that tells the peer what to compute for the model in `artifact`; gives back the model's size in words. */
export function writeFeatures(artifact: string, bodies: readonly ScoreBody[], file: string): string {
  const { artifact: model, registry } = loadArtifact(readFileSync(artifact, 'utf8'), artifact)
  if (model.kind !== 'boosting')
    throw new WonlostError('bench_failed', `The model must be boosting. It is: ${model.kind}.`)
  const { features, ignore_events, not_engagement } = model.definition as Record<string, unknown>
  const words: Record<string, Record<string, number>> = {}
  for (const name of READ_BY_WORDS) words[name] = {}
  const countries: Record<string, string> = {}
  for (const body of bodies) {
    const { account, lead, asOf } = recordOf(scoreRequestSchema.parse(body), Date.now())
    const facts = factsAt(account, lead, asOf)
    const row = new Float64Array(registry.columns.length)
    registry.computeRow(facts, row)
    const texts = {
      seniority: facts.leadTrait('title'),
      department: facts.leadTrait('title'),
      declared_intent: facts.leadTrait('message'),
      mail_domain_kind: mailDomainOf(facts.leadTrait('email')),
    }
    for (const name of READ_BY_WORDS) {
      const code = row[registry.columns.findIndex((column) => column.name === name)]!
      const text = texts[name]
      if (typeof text === 'string' && !Number.isNaN(code)) words[name]![text] = code
    }
    for (const text of [facts.leadTrait('country'), facts.accountTrait('country')]) {
      const code = countryCodeOf(text)
      if (typeof text === 'string' && code !== undefined) countries[text] = code
    }
  }
  const { vocabularies } = model
  const known = { ...words, country: countries, contradiction: countries }
  writeFileSync(file, JSON.stringify({ features, ignore_events, not_engagement, vocabularies, words: known }))
  const leaves = model.trees.reduce((sum, { left }) => sum + left.filter((child) => child < 0).length, 0)
  return `${model.trees.length} trees with ${leaves} leaves on ${model.columns.length} columns`
}
