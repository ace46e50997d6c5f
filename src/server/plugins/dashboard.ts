/**
 * The dashboard as `npm run build` made it: one page for every address that a person opens and that is nothing else, and its files,
 * which are named for what is in them and so never change.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { wantsPage } from '../wants-page.ts'

/** Answers the page to a request that nothing else answers; false: it is none that a person makes. */
export type AnswerPage = (request: FastifyRequest, reply: FastifyReply) => boolean

/** The page carries this where the nonce of its styles belongs; each answer has one of its own. */
const NONCE = '__NONCE__'

/** Addresses of programs: what is not there stays an error in JSON. */
const NEVER_PAGES = /^\/(v1|assets|docs|api)(\/|$)/

/** `folder`: dist/web. Where it is not there, as in a checkout that was not built, no page is answered. */
export function addDashboard(app: FastifyInstance, folder: string): AnswerPage {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) return () => false
  let page = readFileSync(index, 'utf8')
  /** Read each time, a few kilobytes: after an upgrade in place the files that an older page names are gone. */
  function currentPage(): string {
    try {
      page = readFileSync(index, 'utf8')
    } catch {
      // It is just being replaced.
    }
    return page
  }
  app.register(async (files) => {
    // Each file lies there compressed too: a cache on the way must not give one form to whoever takes only another.
    files.addHook('onRequest', async (_request, reply) => {
      reply.header('vary', 'accept-encoding')
    })
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, scope: 'public' }
      route.schema = { ...route.schema, hide: true }
    })
    await files.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      index: false,
      decorateReply: false,
      maxAge: '365d',
      immutable: true,
      preCompressed: true,
    })
  })
  return (request, reply) => {
    if (!isForPeople(request)) return false
    const nonce = randomBytes(16).toString('base64')
    reply
      .type('text/html; charset=utf-8')
      .headers({
        'content-security-policy': pagePolicy(nonce),
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
        'cache-control': 'no-cache',
        // Programs have an error in JSON at the same address.
        vary: 'accept',
      })
      .send(currentPage().replaceAll(NONCE, nonce))
    return true
  }
}

/** Scripts and answers of this server only; the library of components writes its colours into a style element of its own. */
function pagePolicy(nonce: string): string {
  return `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
}

function isForPeople({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '/'
  return (method === 'GET' || method === 'HEAD') && !NEVER_PAGES.test(path) && wantsPage(headers.accept)
}
