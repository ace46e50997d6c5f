/** What a condition looks at: where the value comes from, and how people call it. */
import { type Domain, GRADES, PROBABILITIES, SCORES } from './domain.ts'
import {
  DERIVED_FIELDS,
  type DerivedField,
  type DerivedValue,
  type GradePart,
  type SubjectView,
} from './subject-view.ts'

export interface Field {
  /** The same for the same field, however often it is asked for. */
  readonly key: string
  readonly label: string
  /** Its value may be a list. */
  readonly mayBeList: boolean
  /** What it may be; null: any value. */
  readonly domain: Domain | null
  /** It is known only after scoring. */
  readonly asksScores: boolean
  readonly read: (view: SubjectView) => DerivedValue
}

export function traitField(name: string): Field {
  return {
    key: `trait ${name}`,
    label: inWords(name),
    mayBeList: true,
    domain: null,
    asksScores: false,
    read: (view) => ({ value: view.trait(name) }),
  }
}

export function accountTraitField(name: string): Field {
  return {
    key: `account_trait ${name}`,
    label: `the account's ${inWords(name)}`,
    mayBeList: true,
    domain: null,
    asksScores: false,
    read: (view) => ({ value: view.accountTrait(name) }),
  }
}

/** `domain`: what it may be, where that is known. */
export function derivedField(name: DerivedField, domain: Domain | null): Field {
  return {
    key: `derived ${name}`,
    label: DERIVED_FIELDS[name],
    mayBeList: false,
    domain,
    asksScores: false,
    read: (view) => view.derived(name),
  }
}

export function scoreField(model: string): Field {
  return {
    key: `score ${model}`,
    label: `the score of ${model}`,
    mayBeList: false,
    domain: SCORES,
    asksScores: true,
    read: (view) => ({ value: view.score(model) }),
  }
}

export function probabilityField(model: string): Field {
  return {
    key: `probability ${model}`,
    label: `the probability of ${model}`,
    mayBeList: false,
    domain: PROBABILITIES,
    asksScores: true,
    read: (view) => ({ value: view.probability(model) }),
  }
}

export function gradeField(part: GradePart): Field {
  return {
    key: `grade ${part}`,
    label: part === 'pair' ? 'the grade' : `the grade of ${part}`,
    mayBeList: false,
    domain: GRADES[part],
    asksScores: true,
    read(view) {
      const grade = view.grade()
      if (grade === undefined || part === 'pair') return { value: grade }
      return { value: part === 'fit' ? grade.slice(0, 1) : grade.slice(1) }
    },
  }
}

export function inWords(name: string): string {
  return name.replaceAll('_', ' ')
}
