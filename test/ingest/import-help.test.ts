import { Command } from 'commander'
import { expect, test } from 'vitest'
import { importCommand } from '../../src/cli/commands/import.ts'
import { IMPORT_KINDS } from '../../src/ingest/kinds/index.ts'
import { FILE_FORMATS } from '../../src/ingest/open-source.ts'
import { ENCODING_NAMES } from '../../src/ingest/sources/encodings.ts'

const command = new Command('import')
importCommand.configure?.(command)
let help = ''
command.configureOutput({
  writeOut: (text) => {
    help += text
  },
})
command.outputHelp()

test.each(IMPORT_KINDS.map((kind) => [kind.name.replace('_', '-'), kind] as const))(
  '--help names the columns of %s, and marks those that must be there',
  (name, kind) => {
    expect(command.registeredArguments[0]?.argChoices).toContain(name)
    const paragraph = new RegExp(`^ {2}${name} {2,}(.*(?:\n {10,}.*)*)`, 'm').exec(help)?.[1] ?? ''
    for (const column of kind.columns)
      expect(paragraph).toMatch(new RegExp(`\\b${column.name}${column.required ? '\\*' : '(?!\\*)'}(\\W|$)`))
  },
)

test('there are no other kinds, formats and encodings than these', () => {
  expect(command.registeredArguments[0]?.argChoices).toHaveLength(IMPORT_KINDS.length)
  const choices = (name: string): unknown =>
    command.options.find((option) => option.long === name)?.argChoices
  expect(choices('--format')).toEqual(FILE_FORMATS)
  expect(choices('--encoding')).toEqual(ENCODING_NAMES)
})
