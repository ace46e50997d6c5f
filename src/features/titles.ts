/** Seniority and department of a title in the wild: "CTO/Co-Founder", "VP Eng.", "Leiterin Einkauf (m/w/d)". */
import {
  ASSISTANT_TO,
  CRAFT_CHIEF,
  DEPARTMENT_RULES,
  type Department,
  LEADING_LEAD,
  NO_TITLE,
  REWRITES,
  SENIORITY_RULES,
  type Seniority,
  WHOLE_TITLE,
} from './title-words.ts'
import { anyOf, firstMatch, plainWords } from './word-rules.ts'

export type { Department, Seniority } from './title-words.ts'

export const SENIORITIES: readonly Seniority[] = [
  'executive',
  'vice_president',
  'director',
  'manager',
  'senior',
  'specialist',
  'junior',
  'trainee',
]

export const DEPARTMENTS: readonly Department[] = DEPARTMENT_RULES.map(({ name }) => name)

/** What decides: it belongs into the fingerprint. */
export const TITLE_RULES = [
  NO_TITLE,
  REWRITES,
  ASSISTANT_TO.source,
  LEADING_LEAD.source,
  CRAFT_CHIEF.source,
  [...WHOLE_TITLE],
  SENIORITY_RULES,
  DEPARTMENT_RULES,
]

const noTitle = anyOf(NO_TITLE)
const rewrites = REWRITES.map(([phrases, meaning]) => [new RegExp(anyOf(phrases), 'gu'), meaning] as const)
const seniorityOf = firstMatch(SENIORITY_RULES)
const departmentOf = firstMatch(DEPARTMENT_RULES)

export interface TitleReading {
  readonly seniority: Seniority | undefined
  readonly department: Department | undefined
}

/** What the title says; undefined where it says nothing that we know. A craft without a rank ("Bookkeeper") is a specialist's. */
export function readTitle(title: string): TitleReading {
  let words = plainWords(title.slice(0, 200))
  if (words === '' || noTitle.test(words)) return { seniority: undefined, department: undefined }
  for (const [expression, meaning] of rewrites) words = words.replace(expression, meaning)
  const department = departmentOf(words)
  words = words.replace(ASSISTANT_TO, '$1').replace(LEADING_LEAD, 'senior').replace(CRAFT_CHIEF, 'head ')
  const seniority = WHOLE_TITLE.get(words) ?? seniorityOf(words)
  return { seniority: seniority ?? (department === undefined ? undefined : 'specialist'), department }
}
