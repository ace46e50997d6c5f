/**
 * A map says how the files of another system are to be read: which of its columns is which of ours, and how it writes
 * times, numbers, lists and what is not known. People write it as YAML; docs/bring-your-own-data.md explains every field.
 */
import { z } from 'zod'
import { type Fault, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'
import { WonlostError } from '../errors.ts'
import { cellKey, cellTexts, timeFormats, zoneName } from './map-fields.ts'
import { type MapObject, readMapObject } from './map-object.ts'
import type { DecimalSign } from './read-number.ts'
import { ENCODING_NAMES, type EncodingName } from './sources/encodings.ts'
import type { TimeFormat } from './time-formats.ts'

export interface ImportMap {
  readonly name: string
  readonly about: string
  /** Where it was read, for messages. */
  readonly file: string
  /** Tried in order. */
  readonly times: readonly TimeFormat[]
  /** Of times that do not say theirs; null: such times are refused. */
  readonly zone: string | null
  readonly decimal: DecimalSign
  /** Of text files that have no byte order mark. */
  readonly encoding: EncodingName
  /** Between the items of a list. */
  readonly lists: string
  /** Texts (as `cellKey` gives them) that mean "not known". */
  readonly missing: ReadonlySet<string>
  readonly objects: readonly MapObject[]
}

/** In characters; the largest maps of use have a tenth of it. */
const MAX_MAP = 1_000_000
const MAX_FAULTS = 50

const schema = strictFields({
  map: z.string().trim().min(1).max(100),
  about: z.string().trim().max(2_000).default(''),
  times: timeFormats.prefault(['iso', 'iso_local', 'date']),
  zone: zoneName.nullable().default(null),
  decimal: z.enum(['.', ',']).default('.'),
  encoding: z.enum(ENCODING_NAMES).default('utf-8'),
  lists: z.string().min(1).max(10).default(';'),
  missing: cellTexts.default([]),
  objects: z
    .record(z.string(), z.unknown())
    .refine((objects) => Object.keys(objects).length > 0, 'must have at least one object'),
})

/**
 * Reads a map. `file` is only for messages. Throws `map_invalid` with file, line and field, what is allowed and what was
 * given; the faults (up to 50) are in `details`.
 */
export function parseImportMap(yaml: string, file: string): ImportMap {
  if (yaml.length > MAX_MAP) {
    const message = `${file}: has ${yaml.length} characters; a map may have ${MAX_MAP}.`
    throw new WonlostError('map_invalid', message, { file })
  }
  const document = readYaml(yaml, file, 'map_invalid')
  const fail = (faults: readonly Fault[]): never => document.fail(faults.slice(0, MAX_FAULTS))
  const parsed = schema.safeParse(document.value)
  if (!parsed.success) return fail(faultsOf(parsed.error, document.value))
  const { map, objects: givenObjects, missing, ...settings } = parsed.data
  const objects: MapObject[] = []
  const faults: Fault[] = []
  for (const [name, given] of Object.entries(givenObjects)) {
    const read = readMapObject(name, given)
    if ('object' in read) objects.push(read.object)
    else faults.push(...read.faults)
  }
  if (faults.length > 0) return fail(faults)
  return Object.freeze({ ...settings, name: map, file, missing: new Set(missing.map(cellKey)), objects })
}
