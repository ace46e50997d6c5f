/** What every format gets to write: trees whose sum is the calibrated log-odds, and names of columns that the format can hold. */
import { WonlostError } from '../errors.ts'
import type { Artifact, ArtifactColumn } from '../model/artifact.ts'
import type { TreeData } from '../model/tree-data.ts'

/** `log-odds = base + sum over trees of value`; the calibration is in both already. */
export interface ExportTrees {
  /** Of the model. */
  readonly name: string
  readonly columns: readonly ArtifactColumn[]
  readonly trees: readonly TreeData[]
  readonly base: number
  readonly rounding: 'none' | 'float32'
}

/** A file in another format, and what it cannot say, in words. */
export interface ExportedModel {
  readonly bytes: Uint8Array
  readonly notes: readonly string[]
}

/** Throws `model_unsupported` for models without trees, and for those whose calibration is no line: a sum of leaves cannot bend. */
export function exportTreesOf(artifact: Artifact, format: string): ExportTrees {
  if (artifact.kind !== 'boosting' && artifact.kind !== 'imported') {
    const message = `${artifact.name} is a ${artifact.kind} model: it has no trees, and ${format} files hold trees. Allowed: artifact.`
    throw new WonlostError('model_unsupported', message, { field: '--format' })
  }
  const { calibration, name, columns, rounding } = artifact
  if (calibration.kind === 'beta' || calibration.kind === 'isotonic') {
    const message = `${name} has ${calibration.kind} calibration, which bends its log-odds; ${format} files hold sums of leaves, and a sum takes a line only. Allowed: artifact.`
    throw new WonlostError('model_unsupported', message, { field: '--format' })
  }
  const { slope, intercept } = calibration.kind === 'affine' ? calibration : { slope: 1, intercept: 0 }
  const trees =
    slope === 1
      ? artifact.trees
      : artifact.trees.map((tree) => ({ ...tree, value: tree.value.map((value) => slope * value) }))
  return { name, columns, trees, base: slope * artifact.base_score + intercept, rounding }
}

/** A tree that says the same of every row. */
export function constantTree(value: number): TreeData {
  return {
    column: [-1],
    threshold: [null],
    left: [-1],
    missing_left: [0],
    categories: [null],
    value: [value],
    cover: [1],
  }
}

/**
 * Names without what the format uses for itself (`forbidden` matches one such character): _ in its place, and a number behind a
 * name that is taken by then. The order of the columns stays, so that the row stays the same.
 */
export function namesFor(columns: readonly ArtifactColumn[], forbidden: RegExp): string[] {
  const taken = new Set<string>()
  return columns.map(({ name }) => {
    const plain = name.replace(new RegExp(forbidden, 'gu'), '_')
    let unique = plain
    for (let n = 2; taken.has(unique); n++) unique = `${plain}_${n}`
    taken.add(unique)
    return unique
  })
}

/** Notes on names that changed. */
export function renamed(columns: readonly ArtifactColumn[], names: readonly string[]): string[] {
  const changed = columns.flatMap(({ name }, c) => (name === names[c] ? [] : [`${name} is ${names[c]}`]))
  return changed.length === 0 ? [] : [`names that the format cannot hold: ${changed.join(', ')}`]
}

/** Which category has which code, for whoever makes the rows. */
export function codeNotes(columns: readonly ArtifactColumn[], asked: ReadonlySet<number>): string[] {
  return columns.flatMap((column, c) =>
    column.kind === 'category' && asked.has(c)
      ? [
          `codes of ${column.name}: ${column.categories.map((category, code) => `${code} ${category}`).join(', ')}`,
        ]
      : [],
  )
}

/** The codes of a category column that are not among these, in rising order. */
export function otherCodes(
  column: ArtifactColumn & { readonly kind: 'category' },
  codes: readonly number[],
): number[] {
  const given = new Set(codes)
  return column.categories.flatMap((_, code) => (given.has(code) ? [] : [code]))
}

/** Columns that some split asks for. */
export function askedColumns(trees: readonly TreeData[]): ReadonlySet<number> {
  return new Set(trees.flatMap((tree) => tree.column.filter((column) => column >= 0)))
}
