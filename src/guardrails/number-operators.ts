/** Operators on numbers, and on text that is one. */
import { z } from 'zod'
import { defineOperator, type Operator } from './operator.ts'

export const NUMBER_OPERATORS: readonly Operator[] = [
  bound('at_least', (value, operand) => value >= operand),
  bound('at_most', (value, operand) => value <= operand),
  bound('above', (value, operand) => value > operand),
  bound('below', (value, operand) => value < operand),
]

function bound(name: string, accepts: (value: number, operand: number) => boolean): Operator {
  return defineOperator({
    name,
    operand: z.number(),
    compile: (operand) => (reading) => accepts(reading.number, operand),
    words: (operand) => `${name.replaceAll('_', ' ')} ${operand}`,
    examples: (operand) => [operand],
  })
}
