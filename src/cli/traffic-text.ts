/** What `wonlost simulate-traffic` tells at its end. */
import { type Milliseconds, SECOND } from '../glossary.ts'
import { quantile } from '../statistics/bootstrap.ts'
import type { TrafficSummary } from './send-traffic.ts'

export function trafficJson(summary: TrafficSummary, speed: number) {
  const { sent, acknowledged, refused, unanswered, batches, waits, behind, elapsed, latencies } = summary
  const seconds = elapsed / SECOND
  return {
    sent,
    acknowledged,
    refused,
    unanswered,
    batches,
    waits,
    seconds,
    rate: seconds > 0 ? sent / seconds : 0,
    speed,
    behind_seconds: behind / SECOND,
    latency_ms:
      latencies.length === 0 ? null : { median: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
  }
}

export function trafficText(summary: TrafficSummary, speed: number): string {
  const { latency_ms: latency, rate, seconds } = trafficJson(summary, speed)
  const { sent, acknowledged, refused, unanswered, batches, waits, behind } = summary
  const lines = [
    `${count(sent)} events sent in ${seconds.toFixed(1)} s, ${rate.toFixed(1)} a second, ${count(Math.round(speed))} times as fast as they happened.`,
    `  acknowledged  ${count(acknowledged)}`,
    `  refused       ${count(refused)}${refused > 0 ? '  (GET /v1/ingest/rejected says why)' : ''}`,
    `  unanswered    ${count(unanswered)}`,
  ]
  if (latency)
    lines.push(
      `  latency       ${inMilliseconds(latency.median)} median, ${inMilliseconds(latency.p99)} at 99 %, of ${count(batches)} batches`,
    )
  if (waits > 0) lines.push(`  waits         ${count(waits)}, for a server that was busy or away`)
  if (behind >= SECOND)
    lines.push(
      `  behind        ${(behind / SECOND).toFixed(1)} s at the end: the server takes less than this`,
    )
  return lines.join('\n')
}

function count(value: number): string {
  return value.toLocaleString('en')
}

function inMilliseconds(value: Milliseconds): string {
  return `${value.toFixed(1)} ms`
}
