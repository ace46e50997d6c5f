/** The HTTP application, built by a function. It never listens: src/server/main.ts does, and tests inject. */
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { LIMITS } from './limits.ts'
import { createRequestMetrics } from './metrics/request-metrics.ts'
import type { ServerParts } from './parts.ts'
import { addAnswerTimeout } from './plugins/answer-timeout.ts'
import { type Authentication, addAuthentication } from './plugins/authentication.ts'
import { type AnswerPage, addDashboard } from './plugins/dashboard.ts'
import { addDraining } from './plugins/draining.ts'
import { addHostCheck } from './plugins/host-check.ts'
import { addIngestOrigins } from './plugins/ingest-origins.ts'
import { addJsonBodies } from './plugins/json-body.ts'
import { addLiveSource } from './plugins/live-source.ts'
import { addOpenApi } from './plugins/openapi.ts'
import { addProblemDocuments, answerParserError, createUnroutedHandler } from './plugins/problem-documents.ts'
import { addRequestCounts } from './plugins/request-counts.ts'
import { addRequestLog, loggedError, loggedRequest, requestId } from './plugins/request-log.ts'
import { addRouteScopes } from './plugins/route-scopes.ts'
import { addSecurityHeaders } from './plugins/security-headers.ts'
import { accountRoutes } from './routes/accounts.ts'
import { bandRoutes } from './routes/bands.ts'
import { configurationRoutes } from './routes/configuration.ts'
import { dealRoutes } from './routes/deals.ts'
import { feedbackRoutes } from './routes/feedback.ts'
import { gridRoutes } from './routes/grid.ts'
import { guardrailRoutes } from './routes/guardrails.ts'
import { healthRoutes } from './routes/health.ts'
import { historyRoutes } from './routes/history.ts'
import { ingestReportRoutes } from './routes/ingest-report.ts'
import { leadExplanationRoutes } from './routes/lead-explanation.ts'
import { leadRoutes } from './routes/leads.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { modelVersionRoutes } from './routes/model-versions.ts'
import { modelRoutes } from './routes/models.ts'
import { monitorRoutes } from './routes/monitor.ts'
import { operationHealthRoutes } from './routes/operation-health.ts'
import { operationRunRoutes } from './routes/operation-runs.ts'
import { policyRoutes } from './routes/policy.ts'
import { rightsRoutes } from './routes/rights.ts'
import { ruleHealthRoutes } from './routes/rule-health.ts'
import { scoreRoutes } from './routes/score.ts'
import { scoreCourseRoutes } from './routes/score-course.ts'
import { sessionRoutes } from './routes/session.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { streamRoutes } from './routes/stream.ts'
import { trackingRoutes } from './routes/tracking.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { createSessionSource } from './session-source.ts'
import type { IdentityProvider } from './sign-in/identity-provider.ts'
import { createIntakeMeter } from './tracking/intake-meter.ts'
import { serializerCompiler, validatorCompiler } from './validation.ts'

export interface AppOptions extends ServerParts {
  /** Of the package, for the OpenAPI document. */
  readonly version: string
  readonly auth: Authentication
  /** With which people sign in beside keys; without it there is none. */
  readonly identityProvider?: IdentityProvider | null
  /** The loopback address at which it listens for whoever has no key: requests for other hosts are refused then. */
  readonly loopback?: string
  /** Whose pages may send live data from browsers; `*`: all. */
  readonly ingestOrigins?: readonly string[]
  /** Folder of the built dashboard; without it there is none. */
  readonly dashboard?: string
  /** Level and stream; `false` for none. */
  readonly logger: false | { readonly level: string; readonly stream?: { write(line: string): void } }
}

export function buildApp(options: AppOptions): FastifyInstance {
  const {
    version,
    logger,
    auth,
    identityProvider,
    loopback,
    ingestOrigins = [],
    dashboard,
    ...parts
  } = options
  const provider = auth === 'off' ? null : (identityProvider ?? null)
  let answerPage: AnswerPage = () => false
  const app = Fastify({
    logger: logger && loggerOptions(logger),
    // One line a request, of our own: plugins/request-log.ts.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    requestIdHeader: false,
    trustProxy: false,
    bodyLimit: LIMITS.body,
    requestTimeout: LIMITS.request,
    connectionTimeout: LIMITS.request + LIMITS.answer,
    keepAliveTimeout: LIMITS.keepAlive,
    forceCloseConnections: 'idle',
    // Draining answers with a problem document of its own.
    return503OnClosing: false,
    // Longer ids get an error that says so, from their schema.
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: createUnroutedHandler((request, reply) => answerPage(request, reply)),
    clientErrorHandler: answerParserError,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  addAnswerTimeout(app)
  addRequestLog(app)
  const metrics = createRequestMetrics()
  addRequestCounts(app, metrics)
  addSecurityHeaders(app)
  if (dashboard !== undefined) answerPage = addDashboard(app, dashboard)
  addProblemDocuments(app, answerPage)
  addDraining(app)
  if (loopback !== undefined) addHostCheck(app, loopback, ingestOrigins)
  addRouteScopes(app)
  addIngestOrigins(app, ingestOrigins)
  const sessions =
    auth === 'off'
      ? null
      : {
          keys: auth.keys,
          source: createSessionSource({
            pool: parts.pool,
            keys: auth.keys,
            now: parts.now,
            provider,
          }),
        }
  addAuthentication(app, auth, sessions?.source)
  addJsonBodies(app)
  addOpenApi(app, version)
  addLiveSource(app, parts.engine)
  if (auth !== 'off') addLiveSource(app, auth.keys)
  app.register(sessionRoutes, { sessions, hasProvider: provider !== null })
  app.register(signInRoutes, {
    ...parts,
    signIn: provider && sessions && { provider, sessions: sessions.source },
  })
  app.register(healthRoutes, parts)
  app.register(operationHealthRoutes, parts)
  app.register(metricsRoutes, { ...parts, metrics })
  app.register(streamRoutes, { ...parts, metrics })
  app.register(scoreRoutes, parts)
  app.register(leadRoutes, parts)
  app.register(gridRoutes, parts)
  app.register(accountRoutes, parts)
  app.register(leadExplanationRoutes, parts)
  app.register(scoreCourseRoutes, parts)
  app.register(historyRoutes, parts)
  app.register(feedbackRoutes, parts)
  app.register(rightsRoutes, parts)
  app.register(modelRoutes, parts)
  app.register(modelVersionRoutes, parts)
  app.register(monitorRoutes, parts)
  app.register(configurationRoutes, parts)
  app.register(policyRoutes, parts)
  app.register(bandRoutes, parts)
  app.register(guardrailRoutes, parts)
  app.register(ruleHealthRoutes, parts)
  const meter = createIntakeMeter(parts)
  app.register(trackingRoutes, { ...parts, meter })
  app.register(operationRunRoutes, { ...parts, meter })
  app.register(ingestReportRoutes, parts)
  app.register(dealRoutes, parts)
  app.register(webhookRoutes, parts)
  return app
}

function loggerOptions(logger: Exclude<AppOptions['logger'], false>) {
  return {
    ...logger,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: loggedError, req: loggedRequest },
  }
}
