/** What this process counts by itself: requests, and streams that are open. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface RequestMetrics {
  readonly registry: Registry
  /** `route` is a pattern, never a path: null where there is none. */
  answered(request: {
    readonly method: string
    readonly route: string | null
    readonly status: number
    readonly milliseconds: number
    /** An answer that has no end: how long it went on says nothing of speed. */
    readonly isEndless: boolean
  }): void
  readonly streams: Gauge
}

/** Others cannot make labels: what they may write themselves counts as one. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Seconds. Most answers take milliseconds; none may take longer than 30 s. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createRequestMetrics(): RequestMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'wonlost_http_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'wonlost_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer. Without streams.',
    labelNames,
    buckets: BUCKETS,
    registers,
  })
  return {
    registry,
    answered({ method, route, status, milliseconds, isEndless }) {
      const labels = {
        method: METHODS.has(method) ? method : 'other',
        route: route ?? 'none',
        status: String(status),
      }
      requests.inc(labels)
      if (!isEndless) seconds.observe(labels, milliseconds / 1_000)
    },
    streams: new Gauge({
      name: 'wonlost_streams',
      help: 'Streams of score changes that are open at this process.',
      registers,
    }),
  }
}
