/** Models of the real libraries, rows, and what those libraries say of the rows. Made by scripts/interop-fixtures.py. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Binding, bindTrees } from '../../src/interop/bind-trees.ts'
import type { FileModel } from '../../src/interop/file-model.ts'
import { readModelFile } from '../../src/interop/read-model.ts'
import type { ArtifactColumn, ImportedArtifact } from '../../src/model/artifact.ts'
import { canonicalJson } from '../../src/model/canonical.ts'
import { parseArtifact } from '../../src/model/parse-artifact.ts'

const FOLDER = fileURLToPath(new URL('fixtures/', import.meta.url))

export function fixtureBytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(`${FOLDER}${file}`))
}

export function fixtureText(file: string): string {
  return readFileSync(`${FOLDER}${file}`, 'utf8')
}

interface RowsFile {
  readonly features: readonly string[]
  readonly categories: Readonly<Record<string, number>>
  readonly rows: readonly (readonly (number | null)[])[]
}

const { features, categories, rows } = JSON.parse(fixtureText('rows.jsonl')) as RowsFile

/** null in the file is NaN. */
export const ROWS: readonly Float64Array[] = rows.map((row) =>
  Float64Array.from(row, (value) => value ?? Number.NaN),
)

export interface Expected {
  readonly raw: readonly number[]
  readonly probability: readonly number[]
  /** A row: one a feature, then the expectation. */
  readonly contributions: readonly (readonly number[])[]
}

export function expectedOf(name: string): Expected {
  return JSON.parse(fixtureText(`${name}.expected.jsonl`)) as Expected
}

/** The features of the fixtures as columns, those of `categorical` as categories whose codes are those of the file. */
export function fixtureColumns(categorical: readonly string[]): ArtifactColumn[] {
  return features.map((name): ArtifactColumn => {
    const shared = { name, group: name, side: 'fit' } as const
    if (!categorical.includes(name)) return { kind: 'number', ...shared, transform: 'identity' }
    return {
      kind: 'category',
      ...shared,
      categories: Array.from({ length: categories[name]! }, (_, c) => `c${c}`),
    }
  })
}

export const ALL_CATEGORICAL: readonly string[] = Object.keys(categories)

/** A model on columns that are its features, one for one. Checked as a file would be. */
export function artifactOf(model: FileModel, columns: readonly ArtifactColumn[]): ImportedArtifact {
  const bindings = columns.map((column, c): Binding => {
    const shared = { column: c, missing: Number.NaN }
    return column.kind === 'category'
      ? { kind: 'category', ...shared, fileCodes: column.categories.map((_, code) => code) }
      : { kind: 'number', ...shared }
  })
  const artifact: ImportedArtifact = {
    format: 'wonlost.artifact',
    format_version: 1,
    name: 'fixture',
    segment: '',
    definition: {},
    vocabularies: {},
    columns: [...columns],
    fingerprint: '0'.repeat(64),
    kind: 'imported',
    base_score: model.baseScore,
    trees: bindTrees(model, bindings, 'fixture'),
    rounding: model.rounding,
    calibration: { kind: 'identity' },
    training: { rows: 0, positives: 0, subjects: 0, seed: 0, cutoff: '2026-01-01T00:00:00Z' },
  }
  parseArtifact(canonicalJson(artifact), 'fixture')
  return artifact
}

export function readFixture(file: string): FileModel {
  return readModelFile(fixtureBytes(file), file)
}
