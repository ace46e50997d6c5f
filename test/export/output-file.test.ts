import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOutputFile } from '../../src/export/output-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wonlost-output-'))
  file = join(folder, 'scores.csv')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (path = file) => readFileSync(path, 'utf8')

describe('openOutputFile', () => {
  it('shows the file when it is whole, in the place of the one before', async () => {
    writeFileSync(file, 'before')
    const output = await openOutputFile(file)
    await output.write(Buffer.from('after, '))
    await output.write(Buffer.from('and more'))
    expect(read()).toBe('before')
    expect(readdirSync(folder)).toEqual(['scores.csv', 'scores.csv.partial'])
    await output.finish()
    await output.discard()
    expect(read()).toBe('after, and more')
    expect(readdirSync(folder)).toEqual(['scores.csv'])
  })

  it('is read by nobody who could not read the one before', async () => {
    writeFileSync(file, 'before', { mode: 0o600 })
    const output = await openOutputFile(file)
    expect(statSync(`${file}.partial`).mode & 0o777).toBe(0o600)
    await output.finish()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('leaves no trace when it is discarded', async () => {
    writeFileSync(file, 'before')
    const output = await openOutputFile(file)
    await output.write(Buffer.from('half'))
    await output.discard()
    expect(read()).toBe('before')
    expect(readdirSync(folder)).toEqual(['scores.csv'])
  })

  it('begins anew over what a killed run left, and does not follow a link that lies there', async () => {
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(elsewhere, 'not yours')
    symlinkSync(elsewhere, `${file}.partial`)
    const output = await openOutputFile(file)
    await output.write(Buffer.from('whole'))
    await output.finish()
    expect([read(), read(elsewhere)]).toEqual(['whole', 'not yours'])
  })

  it('replaces the file behind a link, not the link', async () => {
    const real = join(folder, 'real.csv')
    writeFileSync(real, 'before')
    symlinkSync(real, file)
    const output = await openOutputFile(file)
    await output.write(Buffer.from('after'))
    await output.finish()
    expect(read(real)).toBe('after')
  })

  it('never takes the half of another run for its own', async () => {
    const first = await openOutputFile(file)
    const second = await openOutputFile(file)
    await first.write(Buffer.from('first'))
    await second.write(Buffer.from('sec'))
    await expect(first.finish()).rejects.toMatchObject({
      code: 'file_not_writable',
      message: /Another process/,
    })
    expect(existsSync(file)).toBe(false)
    await first.discard()
    await second.write(Buffer.from('ond'))
    await second.finish()
    expect(read()).toBe('second')
  })

  it('refuses what is no regular file, and says why', async () => {
    mkdirSync(file)
    await expect(openOutputFile(file)).rejects.toMatchObject({ code: 'file_not_writable', message: /folder/ })
    const socket = join(folder, 'socket')
    const server = createServer().listen(socket)
    await once(server, 'listening')
    for (const special of ['/dev/null', socket])
      if (existsSync(special))
        await expect(openOutputFile(special)).rejects.toMatchObject({ message: /not a regular file/ })
    server.close()
    const nowhere = join(folder, 'nowhere', 'x.csv')
    await expect(openOutputFile(nowhere)).rejects.toMatchObject({ message: /its folder is not there/ })
    symlinkSync(nowhere, join(folder, 'dangling'))
    await expect(openOutputFile(join(folder, 'dangling'))).rejects.toMatchObject({
      message: /link to a file/,
    })
  })
})
