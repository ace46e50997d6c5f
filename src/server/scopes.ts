/** What a key may do; every route says which scope it asks for. */

export const SCOPES = ['ingest', 'score', 'read', 'feedback', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly scope?: Scope | 'public'
    /** Where the key of a request stands, for routes in the formats of others. */
    readonly key?: (request: FastifyRequest) => string | undefined
  }
}
