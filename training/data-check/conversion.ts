/**
 * Conversion by attribute: of the subjects that had a value at their first landmark, how many reached the target from there. Sums
 * only, account by account, so that memory does not grow with the leads.
 */
import {
  addGroup,
  designEffect,
  emptyGroupSums,
  type GroupSums,
  intraclassCorrelation,
} from '../../src/statistics/design-effect.ts'
import { wilsonInterval } from '../../src/statistics/wilson.ts'
import type { AttributeName } from './attributes.ts'

/** Values of one attribute that are counted apart; what comes after these is only known to be there. */
const MOST_VALUES = 300
const MOST_ATTRIBUTES = 1_000

export interface Conversion {
  readonly rows: number
  readonly accounts: number
  readonly reached: number
  /** NaN of no rows. */
  readonly rate: number
  /** 95 %, rows of one account taken for what they are. */
  readonly interval: readonly [number, number]
}

export interface ValueConversion extends Conversion {
  readonly value: string
  /** By how much the variance is larger than if every row were of another account. */
  readonly designEffect: number
}

export interface AttributeConversion {
  readonly attribute: AttributeName
  /** Rows that have the attribute. */
  readonly rows: number
  /** Most rows first, then by value. */
  readonly values: readonly ValueConversion[]
  /** Rows whose values are not among these: the attribute has too many. */
  readonly otherRows: number
  /** A row may have several values. */
  readonly isSeveral: boolean
}

export interface ConversionTables {
  readonly all: Conversion
  readonly attributes: ReadonlyMap<AttributeName, AttributeConversion>
}

export interface ConversionTally {
  /** Rows of one group must come one after the other. */
  add(group: number, label: 0 | 1, attributes: Iterable<readonly [AttributeName, readonly string[]]>): void
  tables(): ConversionTables
}

/** Sums of a value; the group in hand is added when the next one comes. */
interface Cell extends GroupSums {
  groups: number
  group: number
  ownRows: number
  ownPositives: number
}

interface AttributeCells {
  rows: number
  otherRows: number
  isSeveral: boolean
  readonly values: Map<string, Cell>
}

export function createConversionTally(): ConversionTally {
  const all = emptyCell()
  const attributes = new Map<AttributeName, AttributeCells>()
  return {
    add(group, label, given) {
      addRow(all, group, label)
      for (const [attribute, values] of given) {
        const cells = attributes.get(attribute) ?? emptyCells()
        if (cells.rows === 0 && attributes.size >= MOST_ATTRIBUTES) continue
        attributes.set(attribute, cells)
        cells.rows += 1
        if (values.length > 1) cells.isSeveral = true
        let isOther = values.length === 0
        for (const value of values) {
          const cell = cells.values.get(value) ?? emptyCell()
          if (cell.group === NO_GROUP && cells.values.size >= MOST_VALUES) {
            isOther = true
            continue
          }
          cells.values.set(value, cell)
          addRow(cell, group, label)
        }
        if (isOther) cells.otherRows += 1
      }
    },
    tables() {
      finish(all)
      const correlation = intraclassCorrelation(all)
      return {
        all: conversionOf(all, correlation),
        attributes: new Map(
          [...attributes].map(([attribute, cells]) => [attribute, tableOf(attribute, cells, correlation)]),
        ),
      }
    },
  }
}

const NO_GROUP = -1

function emptyCells(): AttributeCells {
  return { rows: 0, otherRows: 0, isSeveral: false, values: new Map() }
}

function emptyCell(): Cell {
  return { ...emptyGroupSums(), groups: 0, group: NO_GROUP, ownRows: 0, ownPositives: 0 }
}

function addRow(cell: Cell, group: number, label: 0 | 1): void {
  if (cell.group !== group) finish(cell)
  cell.group = group
  cell.ownRows += 1
  cell.ownPositives += label
}

function finish(cell: Cell): void {
  if (cell.ownRows > 0) {
    addGroup(cell, cell.ownRows, cell.ownPositives)
    cell.groups += 1
  }
  cell.ownRows = 0
  cell.ownPositives = 0
}

function tableOf(attribute: AttributeName, cells: AttributeCells, correlation: number): AttributeConversion {
  const values = [...cells.values].map(([value, cell]): ValueConversion => {
    finish(cell)
    return { value, designEffect: effectOf(cell, correlation), ...conversionOf(cell, correlation) }
  })
  values.sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1))
  const { rows, otherRows, isSeveral } = cells
  return { attribute, rows, otherRows, isSeveral, values }
}

function conversionOf(cell: Cell, correlation: number): Conversion {
  const { rows, groups: accounts, positives: reached } = cell
  const interval = wilsonInterval(reached, rows, effectOf(cell, correlation))
  return { rows, accounts, reached, rate: reached / rows, interval }
}

function effectOf(cell: Cell, correlation: number): number {
  return designEffect(correlation, cell.rows, cell.rowsSquared)
}
