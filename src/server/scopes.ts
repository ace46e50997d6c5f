/** Who may ask: what a route says of itself. */

const SCOPES = ['ingest', 'score', 'read', 'feedback', 'admin'] as const
type Scope = (typeof SCOPES)[number]

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a key needs here; `public`: nobody is asked for a key. */
    readonly scope?: Scope | 'public'
  }
}
