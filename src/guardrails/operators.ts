/**
 * What a condition may ask of a value. To add an operator: one object in one of the lists, one test. A value that is not known
 * satisfies no operator but `known: false`; text is compared without regard to case and surrounding space.
 */
import { DATE_OPERATORS } from './date-operators.ts'
import { LIST_OPERATORS } from './list-operators.ts'
import { NUMBER_OPERATORS } from './number-operators.ts'
import type { Operator } from './operator.ts'
import { TEXT_OPERATORS } from './text-operators.ts'

/** In the order in which messages name them. */
export const OPERATORS: readonly Operator[] = [
  ...TEXT_OPERATORS,
  ...LIST_OPERATORS,
  ...NUMBER_OPERATORS,
  ...DATE_OPERATORS,
]
