import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writePolicy } from '../../src/cli/write-policy.ts'
import { TEST_POLICY } from '../support/models-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-policy-'))
  writeFileSync(join(folder, 'real.yaml'), TEST_POLICY, { mode: 0o640 })
  symlinkSync('real.yaml', join(folder, 'policy.yaml'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const CHANGED = TEST_POLICY.replace('to: 49', 'to: 59').replace('from: 50', 'from: 60')

const write = (before: string, text = CHANGED) =>
  writePolicy(join(folder, 'policy.yaml'), { before, text }, { models: ['conversion'] })

describe('a policy that is written', () => {
  it('takes the place of the file behind a link, with its mode, and leaves nothing beside it', async () => {
    await write(TEST_POLICY)
    expect(lstatSync(join(folder, 'policy.yaml')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real.yaml'), 'utf8')).toBe(CHANGED)
    expect(lstatSync(join(folder, 'real.yaml')).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder).sort()).toEqual(['policy.yaml', 'real.yaml'])
  })

  it('never undoes what somebody else wrote meanwhile, and is one that is taken', async () => {
    await expect(write(`${TEST_POLICY}# as it was\n`)).rejects.toMatchObject({
      code: 'file_not_writable',
      message: expect.stringMatching(/it was changed since .* run the command again\.$/),
    })
    const typo = CHANGED.replace('decided_by: conversion', 'decided_by: convrsion')
    await expect(write(TEST_POLICY, typo)).rejects.toMatchObject({ code: 'policy_invalid' })
    expect(readFileSync(join(folder, 'real.yaml'), 'utf8')).toBe(TEST_POLICY)
    expect(readdirSync(folder).sort()).toEqual(['policy.yaml', 'real.yaml'])
  })
})
