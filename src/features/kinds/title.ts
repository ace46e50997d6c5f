import { strictFields } from '../../checked-yaml.ts'
import type { Facts } from '../facts.ts'
import { defineFeatureKind } from '../feature-kind.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { remember } from '../memo.ts'
import {
  DEPARTMENTS,
  type Department,
  readTitle,
  SENIORITIES,
  type Seniority,
  TITLE_RULES,
  type TitleReading,
} from '../titles.ts'
import { featureName, groupOf, traitOf, traitOptions } from './options.ts'

const SENIORITY_WORDS: Readonly<Record<Seniority, string>> = {
  executive: 'executive',
  vice_president: 'VP',
  director: 'director',
  manager: 'manager',
  senior: 'senior specialist',
  specialist: 'specialist',
  junior: 'junior',
  trainee: 'student or trainee',
}

const DEPARTMENT_WORDS: Readonly<Record<Department, string>> = {
  human_resources: 'human resources',
  legal: 'legal affairs',
  finance: 'finance',
  procurement: 'procurement',
  design: 'design',
  marketing: 'marketing',
  sales: 'sales',
  customer_success: 'customer success',
  product: 'product management',
  data: 'data',
  it: 'IT',
  engineering: 'engineering',
  research: 'research and education',
  operations: 'operations',
  management: 'general management',
}

const version = `1 ${fingerprintOf(TITLE_RULES)}`
const read = remember(readTitle)
const UNREAD: TitleReading = { seniority: undefined, department: undefined }

const titleOptions = {
  ...traitOptions,
  trait: traitOptions.trait.default('title'),
  group: traitOptions.label.default('title'),
}

/** The rank that a title tells, from executive to trainee; missing where it tells none. */
export const seniorityKind = defineFeatureKind({
  kind: 'seniority',
  version,
  options: strictFields({
    ...titleOptions,
    name: featureName.default('seniority'),
    label: traitOptions.label.default('seniority'),
  }),
  name: (options) => options.name,
  columns: (options) => [
    { kind: 'category', name: options.name, group: groupOf(options), side: 'fit', categories: SENIORITIES },
  ],
  compute:
    ({ options }) =>
    ({ facts }, row, offset) => {
      const { seniority } = readingOf(facts, options)
      row[offset] = seniority === undefined ? Number.NaN : SENIORITIES.indexOf(seniority)
    },
  describe:
    ({ options }) =>
    ({ facts }, _column, value) => {
      const seniority = SENIORITIES[value]
      if (seniority === undefined) return unknownText(facts, options, options.label)
      const { department } = readingOf(facts, options)
      return `${SENIORITY_WORDS[seniority]}${department === undefined ? '' : ` in ${DEPARTMENT_WORDS[department]}`}`
    },
})

/** The department that a title tells; missing where it tells none. */
export const departmentKind = defineFeatureKind({
  kind: 'department',
  version,
  options: strictFields({
    ...titleOptions,
    name: featureName.default('department'),
    label: traitOptions.label.default('department'),
  }),
  name: (options) => options.name,
  columns: (options) => [
    { kind: 'category', name: options.name, group: groupOf(options), side: 'fit', categories: DEPARTMENTS },
  ],
  compute:
    ({ options }) =>
    ({ facts }, row, offset) => {
      const { department } = readingOf(facts, options)
      row[offset] = department === undefined ? Number.NaN : DEPARTMENTS.indexOf(department)
    },
  describe:
    ({ options }) =>
    ({ facts }, _column, value) => {
      const department = DEPARTMENTS[value]
      if (department === undefined) return unknownText(facts, options, options.label)
      return `works in ${DEPARTMENT_WORDS[department]}`
    },
})

type Options = Parameters<typeof traitOf>[1]

function readingOf(facts: Facts, options: Options): TitleReading {
  const title = traitOf(facts, options)
  return typeof title === 'string' ? read(title) : UNREAD
}

function unknownText(facts: Facts, options: Options, label: string): string {
  const title = traitOf(facts, options)
  if (typeof title !== 'string' || title.trim() === '') return 'title is not known'
  return `title "${title.slice(0, 60).trim()}" does not tell the ${label}`
}
