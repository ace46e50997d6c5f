/** Conversion by month of entry. A month is ripe when the horizon of everybody who entered in it has elapsed. */

import { formatTime } from '../../src/glossary.ts'
import type { Course } from '../course.ts'
import type { LeadCourses } from '../rows.ts'
import type { AttributeName } from './attributes.ts'
import type { ConversionTables } from './conversion.ts'

export interface Cohort {
  /** 2026-03, of UTC. */
  readonly month: string
  /** First landmarks of those who entered in it and were at risk. */
  readonly rows: number
  /** Those whose outcome is known. */
  readonly ripe: number
  readonly reached: number
  /** Of the ripe; NaN of none. */
  readonly rate: number
  readonly interval: readonly [number, number]
}

/** The attribute under which the month of entry is tallied. */
export const COHORT: AttributeName = 'entry.month'

export function cohortOf({ enteredAt }: Course): string {
  return formatTime(enteredAt).slice(0, 7)
}

export interface CohortTally {
  observe(lead: LeadCourses): void
  /** `tables` hold the month of entry of each first landmark as an attribute. */
  read(tables: ConversionTables): Cohort[]
}

export function createCohortTally(): CohortTally {
  const months = new Map<string, { rows: number; ripe: number }>()
  return {
    observe({ courses }) {
      for (const { course, landmarks } of courses) {
        const status = landmarks[0]?.status
        if (status !== 'usable' && status !== 'not_elapsed') continue
        const month = cohortOf(course)
        const cohort = months.get(month) ?? { rows: 0, ripe: 0 }
        months.set(month, cohort)
        cohort.rows += 1
        if (status === 'usable') cohort.ripe += 1
      }
    },
    read({ attributes }) {
      const ripe = new Map(attributes.get(COHORT)?.values.map((one) => [one.value, one]))
      return [...months]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, cohort]) => {
          const { reached = 0, rate = Number.NaN, interval = NOT_RIPE } = ripe.get(month) ?? {}
          return { month, ...cohort, reached, rate, interval }
        })
    },
  }
}

const NOT_RIPE: readonly [number, number] = [Number.NaN, Number.NaN]
