/**
 * Who a lead is, as far as it matters for what happens: source, seniority, department, declared intent, kind of mail address,
 * whether it can be reached. Those of the first contact set the pace of its account.
 */
import { happens, pickWeighted, type Random } from '../random.ts'
import type { AccountKind } from './accounts.ts'
import { sourceLevel, sourceVolume } from './drift.ts'
import { NEVER } from './effects.ts'
import { GROUP_OF_SOURCE, GROUPS, type Group, SOURCES, type Source } from './sources.ts'

/** `level`: what it adds to the level of pace of the lead. */
const SENIORITIES = [
  { name: 'c_level', weight: 14, soloWeight: 30, level: 1 },
  { name: 'vp', weight: 9, soloWeight: 0, level: 2 },
  { name: 'director', weight: 18, soloWeight: 2, level: 2 },
  { name: 'manager', weight: 27, soloWeight: 8, level: 1 },
  { name: 'individual', weight: 28, soloWeight: 50, level: -2 },
  { name: 'intern', weight: 4, soloWeight: 10, level: -7 },
] as const

const DEPARTMENTS = [
  { name: 'general', weight: 12, level: 0 },
  { name: 'sales', weight: 20, level: 1 },
  { name: 'marketing', weight: 22, level: 1 },
  { name: 'operations', weight: 13, level: 2 },
  { name: 'it', weight: 10, level: -1 },
  { name: 'engineering', weight: 12, level: -2 },
  { name: 'finance', weight: 6, level: -1 },
  { name: 'hr', weight: 5, level: -5 },
] as const

export type Seniority = (typeof SENIORITIES)[number]['name']
export type Department = (typeof DEPARTMENTS)[number]['name']

/** What seniority and department together add beyond their sum. */
function togetherLevel(seniority: Seniority, department: Department): number {
  const commercial = department === 'sales' || department === 'marketing'
  if ((seniority === 'vp' || seniority === 'director') && commercial) return 1
  // Whoever runs the CRM buys the tools for it; a technical founder signs what a developer only reads about.
  if (seniority === 'individual' && department === 'operations') return 1
  if (seniority === 'c_level' && department === 'engineering') return 1
  if (seniority === 'c_level' && (department === 'finance' || department === 'it')) return -1
  return 0
}

/** Declared in form text. `win`: what it adds to the log-odds of winning when the first contact declares it. */
export const INTENTS = [
  { name: 'none', level: 0, win: 0 },
  { name: 'buying', level: 4, win: 0.6 },
  { name: 'evaluating', level: 2, win: 0.2 },
  { name: 'question', level: 0, win: 0 },
  { name: 'partnership', level: -6, win: -0.8 },
  { name: 'support', level: -6, win: -0.5 },
  { name: 'job_seeking', level: -10, win: -1 },
  { name: 'student_project', level: NEVER, win: 0 },
] as const

export type Intent = (typeof INTENTS)[number]['name']
type IntentWeights = Readonly<Record<Intent, number>>

const FORM_INTENTS: IntentWeights = {
  none: 26,
  buying: 20,
  evaluating: 24,
  question: 16,
  partnership: 5,
  support: 4,
  job_seeking: 3,
  student_project: 2,
}
const SOME_INTENTS: IntentWeights = {
  none: 80,
  buying: 4,
  evaluating: 7,
  question: 5,
  partnership: 1,
  support: 1,
  job_seeking: 1,
  student_project: 1,
}
const NO_INTENTS: IntentWeights = {
  none: 100,
  buying: 0,
  evaluating: 0,
  question: 0,
  partnership: 0,
  support: 0,
  job_seeking: 0,
  student_project: 0,
}

function intentWeights(source: Source, kind: AccountKind): IntentWeights {
  const weights = source === 'inbound_form' ? FORM_INTENTS : source === 'outbound' ? NO_INTENTS : SOME_INTENTS
  if (kind === 'rival') return NO_INTENTS
  return kind === 'solo' ? { ...weights, student_project: 18, job_seeking: 8 } : weights
}

const MAIL_KINDS = [
  { name: 'business', weight: 84, soloWeight: 0, level: 0 },
  { name: 'free', weight: 14, soloWeight: 92, level: -2 },
  { name: 'disposable', weight: 2, soloWeight: 8, level: -8 },
] as const

export type MailKind = (typeof MAIL_KINDS)[number]['name'] | 'student'

const REACHABILITIES = [
  { name: 'reachable', weight: 970, level: 0 },
  { name: 'bouncing', weight: 20, level: -1 },
  { name: 'objecting', weight: 10, level: -1 },
] as const

type Reachability = (typeof REACHABILITIES)[number]['name']

export interface Persona {
  readonly source: Source
  readonly seniority: Seniority
  readonly department: Department
  readonly intent: Intent
  readonly mailKind: MailKind
  readonly reachability: Reachability
  /** Index into GROUPS. */
  readonly group: number
  /** Level of pace that it gives its account as the first contact. */
  readonly level: number
}

function groupOf(source: Source, intent: Intent, kind: AccountKind): number {
  const group: Group =
    kind === 'rival' || intent === 'student_project'
      ? 'rival'
      : intent === 'job_seeking'
        ? 'job_seeking'
        : GROUP_OF_SOURCE[source]
  return GROUPS.indexOf(group)
}

/** Draws a first contact that enters in this month of the story, before or after the campaigns changed. */
export function drawPersona(random: Random, kind: AccountKind, month: number, newCampaign: boolean): Persona {
  const solo = kind === 'solo'
  const weighted = <T extends { weight: number; soloWeight: number }>(rows: readonly T[]) =>
    pickWeighted(
      random,
      rows.map((row) => ({ ...row, weight: solo ? row.soloWeight : row.weight })),
    )
  const source = pickWeighted(
    random,
    SOURCES.map((name) => ({ name, weight: sourceVolume(name, month, newCampaign) })),
  ).name
  const seniority = weighted<(typeof SENIORITIES)[number] & { weight: number; soloWeight: number }>(
    SENIORITIES,
  )
  const department = pickWeighted(random, DEPARTMENTS)
  const weights = intentWeights(source, kind)
  const intent = pickWeighted(
    random,
    INTENTS.map((one) => ({ ...one, weight: weights[one.name] })),
  )
  const mail = weighted<(typeof MAIL_KINDS)[number] & { weight: number; soloWeight: number }>(MAIL_KINDS)
  const reachability = pickWeighted(random, REACHABILITIES)
  return {
    source,
    seniority: intent.name === 'student_project' ? 'intern' : seniority.name,
    department: department.name,
    intent: intent.name,
    mailKind: intent.name === 'student_project' ? 'student' : kind === 'rival' ? 'business' : mail.name,
    reachability: reachability.name,
    group: groupOf(source, intent.name, kind),
    level:
      intent.level === NEVER
        ? NEVER
        : seniority.level +
          department.level +
          togetherLevel(seniority.name, department.name) +
          sourceLevel(source, month) +
          intent.level +
          mail.level +
          reachability.level,
  }
}

/**
 * Draws a colleague of a first contact: somebody else of the same company, mostly of the same team, reached by the same
 * campaign and after the same thing.
 */
export function drawColleague(random: Random, first: Persona): Persona {
  return {
    ...first,
    seniority: happens(random, 0.4) ? first.seniority : pickWeighted(random, SENIORITIES).name,
    department: happens(random, 0.85) ? first.department : pickWeighted(random, DEPARTMENTS).name,
    mailKind: first.mailKind === 'business' || happens(random, 0.5) ? 'business' : 'free',
    reachability: pickWeighted(random, REACHABILITIES).name,
  }
}

export function intentWin(intent: Intent): number {
  return INTENTS.find((one) => one.name === intent)?.win ?? 0
}
