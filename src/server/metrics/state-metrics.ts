/**
 * What the database and the engine say of the state of things, as gauges. Read when somebody asks, and not more often than every
 * 5 s whoever asks; what takes long is read so seldom that it takes a fiftieth of the time at most.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { Counter, Gauge, type Registry } from 'prom-client'
import { backlogOf, databaseNow } from '../../db/dirty-claims.ts'
import {
  lastMonitorFigures,
  rejectedMessagesEver,
  ruleCounts,
  scoreCounts,
  unknownNameCounts,
  webhookBacklog,
} from '../../db/watched-state.ts'
import { MINUTE, type Milliseconds, SECOND } from '../../glossary.ts'
import type { ServerParts } from '../parts.ts'
import { missingShares } from './missing-sample.ts'

export interface StateMetrics {
  /** Brings the gauges up to date where that is due. Never throws: `wonlost_state_up` says what could not be read. */
  refresh(): Promise<void>
}

interface Group {
  readonly name: string
  readonly every: Milliseconds
  read(): Promise<void>
  /** What could not be read is not shown: an old figure looks like a good one. */
  forget(): void
}

const OFTEN = 5 * SECOND
/** A group that took so long is read again after so many times that. */
const REST = 50
/** Whoever asks waits no longer for a figure: it is that of before, then. */
const PATIENCE = 2 * SECOND

export function createStateMetrics(
  { pool, engine }: Pick<ServerParts, 'pool' | 'engine'>,
  registry: Registry,
): StateMetrics {
  const registers = [registry]
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `wonlost_${name}`, help, labelNames, registers })
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `wonlost_${name}`, help, labelNames, registers })

  const up = gauge(
    'state_up',
    '1: the figures of this group could be read; 0: not, and they are not shown.',
    ['group'],
  )

  const dirty = gauge('dirty_leads', 'Leads whose scores are out of date, without those set aside.')
  const oldest = gauge('dirty_oldest_seconds', 'How long the first of these has waited; 0: there is none.')
  const aside = gauge('dirty_set_aside', 'Leads that could not be scored and wait to be tried again.')
  const webhooks = gauge('webhook_pending', 'Webhook messages that are still to be delivered.')
  const webhooksDue = gauge(
    'webhook_due_seconds',
    'How long the message that is due longest has been due; 0: none is.',
  )
  const unrelayed = gauge('outbox_waiting', 'Crossings whose webhook messages are still to be written.')
  const disabled = gauge('webhook_endpoints_disabled', 'Endpoints that hear of nothing.')
  const rejected = counter('rejected_messages_total', 'Tracking messages that could not be used, ever.')
  const unknownNames = gauge('unknown_names', 'Names that the mapping file does not have.', ['kind'])
  const unknown = counter('unknown_names_seen_total', 'How often these names came.', ['kind'])

  const backlog: Group = {
    name: 'backlog',
    every: OFTEN,
    async read() {
      const [leads, now, hooks, rejections, names] = await Promise.all([
        backlogOf(pool),
        databaseNow(pool),
        webhookBacklog(pool),
        rejectedMessagesEver(pool),
        unknownNameCounts(pool),
      ])
      this.forget()
      dirty.set(leads.leads)
      oldest.set(leads.oldest === null ? 0 : Math.max(0, now - leads.oldest) / SECOND)
      aside.set(leads.setAside)
      webhooks.set(hooks.pending)
      webhooksDue.set(hooks.dueSeconds)
      unrelayed.set(hooks.unrelayed)
      disabled.set(hooks.disabledEndpoints)
      rejected.inc(rejections)
      for (const { kind, names: count, times } of names) {
        unknownNames.set({ kind }, count)
        unknown.inc({ kind }, times)
      }
    },
    forget() {
      for (const one of [dirty, oldest, aside, webhooks, webhooksDue, unrelayed, disabled]) one.remove()
      rejected.remove()
      unknownNames.reset()
      unknown.reset()
    },
  }

  const scores = gauge('scores', 'Stored scores.', ['model', 'subject', 'band', 'verdict'])
  const rules = gauge('guardrail_subjects', 'For how many leads and accounts a guardrail holds.', [
    'rule',
    'action',
    'subject',
  ])
  const scored: Group = {
    name: 'scores',
    every: OFTEN,
    async read() {
      const counts = await scoreCounts(pool)
      const ruled = await ruleCounts(pool)
      this.forget()
      for (const { model, subjectKind: subject, band, verdict, count } of counts)
        scores.set({ model, subject, band, verdict }, count)
      for (const { rule, action, subjectKind: subject, count } of ruled)
        rules.set({ rule, action, subject }, count)
    },
    forget() {
      scores.reset()
      rules.reset()
    },
  }

  const model = ['model', 'segment'] as const
  const ranAt = gauge('monitor_run_timestamp_seconds', 'When the monitor ran last.', model)
  const crossed = gauge('monitor_crossed', 'Limits that the last run of the monitor found crossed.', [
    ...model,
    'limit',
  ])
  const psi = gauge('monitor_score_psi', 'PSI of the score at the last run, by age of the leads.', [
    ...model,
    'age',
  ])
  const psiAbove = gauge('monitor_score_psi_above_chance', 'The same without what chance alone brings.', [
    ...model,
    'age',
  ])
  const most = gauge(
    'monitor_feature_psi_above_chance_max',
    'PSI above chance of the feature that drifted most.',
    [...model, 'age'],
  )
  const monitor: Group = {
    name: 'monitor',
    every: MINUTE,
    async read() {
      const figures = await lastMonitorFigures(pool)
      this.forget()
      for (const { name, segment, ranAtSeconds, crossed: limits, drift } of figures) {
        const labels = { model: name, segment }
        ranAt.set(labels, ranAtSeconds)
        for (const limit of limits) crossed.inc({ ...labels, limit })
        for (const one of drift) {
          psi.set({ ...labels, age: one.set }, one.psi)
          psiAbove.set({ ...labels, age: one.set }, one.psi_above_chance)
          if (one.most !== null) most.set({ ...labels, age: one.set }, one.most)
        }
      }
    },
    forget() {
      for (const one of [ranAt, crossed, psi, psiAbove, most]) one.reset()
    },
  }

  const missing = gauge(
    'feature_missing_ratio',
    'Of the leads whose scores changed last, how many had no value for this column of a model.',
    [...model, 'column'],
  )
  const features: Group = {
    name: 'features',
    every: MINUTE,
    async read() {
      const shares = await missingShares(pool, engine.current().engine)
      this.forget()
      for (const { share, ...labels } of shares) missing.set(labels, share)
    },
    forget() {
      missing.reset()
    },
  }

  const info = gauge('model_info', 'Models that answer.', [...model, 'version', 'kind', 'sha256'])
  const configuration = gauge('configuration_info', 'Versions of policy and guardrails in force.', [
    'policy',
    'guardrails',
  ])
  const engineUp = gauge('engine_ready', '1: an engine is loaded and nothing of it is behind; 0 otherwise.')
  function showEngine(): void {
    info.reset()
    configuration.reset()
    const { loadedAt, problem } = engine.status()
    engineUp.set(loadedAt !== null && problem === null ? 1 : 0)
    if (loadedAt === null) return
    const { models, policy, guardrails } = engine.current().engine
    for (const { name, segment, version, artifact, sha256 } of models)
      info.set({ model: name, segment, version: String(version), kind: artifact.kind, sha256 }, 1)
    configuration.set({ policy: String(policy.version), guardrails: String(guardrails.version) }, 1)
  }

  const groups = [backlog, scored, monitor, features]
  // A gauge begins at 0, which nobody has read.
  for (const group of groups) group.forget()
  const refreshers = groups.map((group) => refresher(group, up))
  return {
    async refresh() {
      showEngine()
      await Promise.race([
        Promise.all(refreshers.map((refresh) => refresh())),
        wait(PATIENCE, undefined, { ref: false }),
      ])
    },
  }
}

/** One read at a time, and a rest after it, on the clock of the process. */
function refresher(group: Group, up: Gauge<'group'>): () => Promise<void> {
  let reading: Promise<void> | null = null
  let nextAt = Number.NEGATIVE_INFINITY
  return () => {
    if (reading === null && performance.now() < nextAt) return Promise.resolve()
    reading ??= (async () => {
      const began = performance.now()
      let isRead = true
      try {
        await group.read()
      } catch {
        isRead = false
        group.forget()
      }
      up.set({ group: group.name }, isRead ? 1 : 0)
      const ended = performance.now()
      nextAt = ended + Math.max(isRead ? group.every : OFTEN, REST * (ended - began))
      reading = null
    })()
    return reading
  }
}
