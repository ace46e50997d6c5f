import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AnswerPage, addDashboard } from '../../src/server/plugins/dashboard.ts'
import { addProblemDocuments, createUnroutedHandler } from '../../src/server/plugins/problem-documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'wonlost-web-'))
const index = join(folder, 'index.html')
let answerPage: AnswerPage = () => false
const app: FastifyInstance = Fastify({
  frameworkErrors: createUnroutedHandler((request, reply) => answerPage(request, reply)),
})
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets/a.js'), 'plain')
  writeFileSync(join(folder, 'assets/a.js.gz'), gzipSync('small'))
  writeFileSync(index, '<p nonce="__NONCE__">first</p>')
  answerPage = addDashboard(app, folder)
  addProblemDocuments(app, answerPage)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

const ask = (accept: string) => app.inject({ url: '/leads', headers: { accept } })
const page = async () => (await ask('text/html')).body

test('a file says that it comes in several forms, whichever it is', async () => {
  for (const encoding of ['gzip', 'identity']) {
    const { headers } = await app.inject({ url: '/assets/a.js', headers: { 'accept-encoding': encoding } })
    expect(headers).toMatchObject({
      vary: 'accept-encoding',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined)
  }
})

test('the page is the one that lies there, each time with a nonce of its own; while it is replaced, the one before', async () => {
  const [one, other] = [await page(), await page()]
  expect(one).toMatch(/^<p nonce="[\w+/]{22}==">first<\/p>$/)
  expect(other).not.toBe(one)
  expect((await ask('text/html')).headers).toMatchObject({ vary: 'accept', 'cache-control': 'no-cache' })
  expect((await ask('application/json')).statusCode).toBe(404)
  rmSync(index)
  expect(await page()).toContain('first')
  writeFileSync(index, '<p>second</p>')
  expect(await page()).toBe('<p>second</p>')
})

test('whoever asks for an address that cannot be decoded, or for the head only, is answered as everywhere', async () => {
  for (const url of ['/', '/leads/%E0%A4%A']) {
    const answered = await app.inject({ url, headers: { accept: 'text/html' } })
    expect(answered.body).toMatch(/^<p/)
    const head = await app.inject({ method: 'HEAD', url, headers: { accept: 'text/html' } })
    expect(head).toMatchObject({ statusCode: 200, body: '' })
    expect(head.headers['content-type']).toContain('text/html')
  }
  const refused = await app.inject({ url: '/leads/%E0%A4%A', headers: { accept: 'application/json' } })
  expect(refused.json()).toMatchObject({ status: 400, code: 'invalid_request' })
})
