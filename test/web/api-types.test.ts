import { expect, test } from 'vitest'
import { typesOf } from '../../scripts/openapi-types/types-of.js'
import { createPool } from '../../src/db/database.ts'
import { buildApp } from '../../src/server/app.ts'
import { createTrackingMapSource } from '../../src/server/tracking/map-source.ts'

test('the types of the dashboard are those of the API; `npm run types:api` brings them up to date', async () => {
  const app = buildApp({
    // Never connected: nobody asks anything but what the routes say of themselves.
    pool: createPool('postgres://nobody@127.0.0.1:1/none', 1),
    engine: {
      current: () => {
        throw new Error('nothing is scored here')
      },
      status: () => ({ loadedAt: null, schemaFits: false, problem: null }),
      start: async () => {},
      stop: async () => {},
    },
    trackingMap: createTrackingMapSource('models'),
    now: () => 0,
    webhookRules: { allowHttp: false, allowNetworks: [] },
    version: '0.0.0',
    auth: 'off',
    logger: false,
  })
  try {
    await app.ready()
    await expect(await typesOf(app.swagger())).toMatchFileSnapshot('../../web/src/api/openapi.ts')
  } finally {
    await app.close()
  }
})
