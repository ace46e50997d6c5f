/** The mapping file of live data, `models/tracking.yaml`: under which of our names events, pages and traits are kept. */
import { z } from 'zod'
import { type Fault, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'
import { snakeCase } from '../field-names.ts'
import type { SubjectKind } from '../glossary.ts'

interface EventType {
  readonly type: string
  /** The file has it. */
  readonly isKnown: boolean
}

export interface TrackingMap {
  /** userId is the id of a lead, groupId that of an account; false: ids of the product. */
  readonly userIsLead: boolean
  readonly groupIsAccount: boolean
  /** The type of an event; its own name where the file does not know it. */
  eventType(name: string): EventType
  pageType(page: { readonly name: string | null; readonly path: string | null }): EventType
  screenType(name: string | null): EventType
  /** Our name of a trait. */
  traitName(of: SubjectKind, path: string): string
}

const name = z
  .string()
  .regex(/^\S(.{0,126}\S)?$/s, 'must be a name of 1 to 128 characters, without blanks around it')
const names = z.array(name)
const path = z
  .string()
  .regex(/^\/[^*]*(\/\*)?$|^\/\*$/, 'must be a path, such as /pricing, or /docs/* for it and all below it')

const fileSchema = strictFields({
  user_id: z.enum(['product', 'lead_id']).default('product'),
  group_id: z.enum(['product', 'account_id']).default('product'),
  events: z.record(name, names).default({}),
  pages: z
    .record(name, strictFields({ names: names.default([]), paths: z.array(path).default([]) }))
    .default({}),
  other_pages: name.default('page_viewed'),
  other_screens: name.default('screen_viewed'),
  traits: strictFields({
    lead: z.record(name, names).default({}),
    account: z.record(name, names).default({}),
  }).default({ lead: {}, account: {} }),
})

/** Throws `tracking_invalid` that names file, line and field. */
export function parseTrackingMap(text: string, file: string): TrackingMap {
  const yaml = readYaml(text, file, 'tracking_invalid')
  const read = fileSchema.safeParse(yaml.value ?? {})
  if (!read.success) return yaml.fail(faultsOf(read.error, yaml.value))
  const given = read.data
  const faults: Fault[] = []
  const index = (at: readonly string[], table: Readonly<Record<string, readonly string[]>>) =>
    indexNames(at, table, faults)
  const events = index(['events'], given.events)
  const pageNames = index(
    ['pages'],
    Object.fromEntries(Object.entries(given.pages).map(([type, { names }]) => [type, names])),
  )
  const traits = {
    lead: index(['traits', 'lead'], given.traits.lead),
    account: index(['traits', 'account'], given.traits.account),
  }
  if (faults.length > 0) yaml.fail(faults)
  const traitName = (of: SubjectKind) =>
    remembered((path) => traits[of].get(snakeCase(path)) ?? snakeCase(path))
  const traitNames = { lead: traitName('lead'), account: traitName('account') }
  const paths = Object.entries(given.pages).flatMap(([type, page]) =>
    page.paths.map((pattern) => ({ type, fits: pathTest(pattern) })),
  )
  const known = (type: string): EventType => ({ type, isKnown: true })
  return {
    userIsLead: given.user_id === 'lead_id',
    groupIsAccount: given.group_id === 'account_id',
    eventType: remembered((event) => {
      const type = events.get(snakeCase(event))
      return type === undefined ? { type: event, isKnown: false } : known(type)
    }),
    pageType({ name, path }) {
      const byName = name === null ? undefined : pageNames.get(snakeCase(name))
      const byPath = path === null ? undefined : paths.find(({ fits }) => fits(path))?.type
      return known(byName ?? byPath ?? given.other_pages)
    },
    screenType(name) {
      const byName = name === null ? undefined : pageNames.get(snakeCase(name))
      return known(byName ?? given.other_screens)
    },
    traitName: (of, path) => traitNames[of](path),
  }
}

const MOST_REMEMBERED = 10_000

/** Few names come again and again. */
function remembered<Value>(find: (name: string) => Value): (name: string) => Value {
  const found = new Map<string, Value>()
  return (name) => {
    const before = found.get(name)
    if (before !== undefined) return before
    const value = find(name)
    if (found.size >= MOST_REMEMBERED) found.clear()
    found.set(name, value)
    return value
  }
}

/** By the key of each name, ours; our names are names of themselves. A name of two is a fault. */
function indexNames(
  at: readonly string[],
  table: Readonly<Record<string, readonly string[]>>,
  faults: Fault[],
): ReadonlyMap<string, string> {
  const index = new Map(Object.keys(table).map((ours) => [snakeCase(ours), ours]))
  for (const [ours, others] of Object.entries(table))
    for (const [i, other] of others.entries()) {
      const key = snakeCase(other)
      const taken = index.get(key)
      if (taken !== undefined && taken !== ours)
        faults.push({
          path: [...at, ours, i],
          message: `${JSON.stringify(other)} is a name of ${taken} already.`,
        })
      else index.set(key, ours)
    }
  return index
}

function pathTest(pattern: string): (path: string) => boolean {
  const plain = (path: string): string => path.toLowerCase().replace(/(.)\/+$/, '$1')
  if (!pattern.endsWith('/*')) return (path) => plain(path) === plain(pattern)
  const folder = plain(pattern.slice(0, -1))
  return (path) => folder === '/' || plain(path) === folder || plain(path).startsWith(`${folder}/`)
}
