/** Operators on dates: text such as 2026-11-21 (its first moment in UTC), or a time with a zone. */
import { z } from 'zod'
import { formatTime, MINUTE, type Milliseconds } from '../glossary.ts'
import { defineOperator, type Operator } from './operator.ts'
import { dateOf } from './reading.ts'
import { durationSchema, millisecondsOf } from './window.ts'

const DATE =
  'must be a date from 1970 on, such as 2026-11-21, or a time with a zone, such as 2026-11-21T09:00:00Z'

export const dateSchema = z.string(DATE).refine((text) => dateOf(text) >= 0, DATE)

export const DATE_OPERATORS: readonly Operator[] = [
  fixed('before', (time, operand) => time < operand),
  fixed('after', (time, operand) => time > operand),
  relative('older_than', -1, (time, age, asOf) => time < asOf - age),
  relative('within_last', -1, (time, age, asOf) => time >= asOf - age && time <= asOf),
  relative('within_next', 1, (time, ahead, asOf) => time > asOf && time <= asOf + ahead),
]

/** A date in the calendar. */
function fixed(name: string, accepts: (time: Milliseconds, operand: Milliseconds) => boolean): Operator {
  return defineOperator({
    name,
    operand: dateSchema,
    compile: (operand) => {
      const date = dateOf(operand)
      return ({ time }) => accepts(time, date)
    },
    words: (operand) => `${name} ${operand}`,
    examples: (operand) => around([dateOf(operand)]),
  })
}

/** So long before, or after, the moment of judging. */
function relative(
  name: string,
  direction: 1 | -1,
  accepts: (time: Milliseconds, span: Milliseconds, asOf: Milliseconds) => boolean,
): Operator {
  return defineOperator({
    name,
    operand: durationSchema,
    compile: (operand) => {
      const span = millisecondsOf(operand)
      return ({ time }, asOf) => accepts(time, span, asOf)
    },
    words: (operand) => `${name.replaceAll('_', ' ')} ${operand}`,
    isRelative: true,
    examples: (operand, _context, asOf) => around([asOf, asOf + direction * millisecondsOf(operand)]),
  })
}

/** Also before 1970, which no rule names: dates of birth lie there. */
function around(times: readonly Milliseconds[]): string[] {
  return times.flatMap((time) => [time - 1, time, time + 1]).map(inOddZone)
}

/** The time as nobody writes it into a rule: in a zone a minute ahead of UTC. */
function inOddZone(time: Milliseconds): string {
  return formatTime(time + MINUTE).replace('Z', '+00:01')
}
