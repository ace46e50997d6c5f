/** Models and health in a real browser: what the data team decides, and what whoever runs the server looks at. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveReportPage } from '../../src/db/model-reports.ts'
import { saveModel } from '../../src/db/models.ts'
import { addLead, keepModel, NOW, promote } from '../support/app.ts'
import { tinyArtifact } from '../support/artifacts.ts'
import { axeFindings, CHROMIUM } from '../support/browser.ts'
import { lookFindings, openDashboard, type TestDashboard } from '../support/dashboard.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createModelsFolder } from '../support/models-folder.ts'
import { sampleReport } from '../training/report/html/sample-report.ts'

const MARKUP = `<img src=x onerror="alert(1)">\u202Egnp`
const folder = createModelsFolder()
let database: TestDatabase
let board: TestDashboard

/** Version 2, with a whole report. */
async function keepReported(): Promise<void> {
  const model = await saveModel(database.pool, {
    ...{
      name: 'conversion',
      segment: '',
      kind: 'logistic',
      definitionVersion: 1,
      report: sampleReport(MARKUP),
    },
    ...{ artifactBody: tinyArtifact({ weight: -3 }).body, cutoff: NOW, createdAt: NOW, createdBy: MARKUP },
  })
  await saveReportPage(
    database.pool,
    model,
    '<!doctype html><title>Report</title><h1>What training measured</h1>',
  )
}

beforeAll(async () => {
  if (CHROMIUM === null) return
  database = await createTestDatabase()
  await promote(database.pool, await keepModel(database.pool), null)
  await keepReported()
  await keepModel(database.pool, tinyArtifact({ weight: 2 }))
  for (let number = 0; number < 6; number += 1) await addLead(database.pool, `l_${number}`, 'a_1')
  board = await openDashboard(database, folder.path)
  await board.signIn('ann', ['score', 'read', 'admin', 'ingest'])
})

afterAll(async () => {
  await board?.close()
  await database?.drop()
  folder.remove()
})

const button = (name: string | RegExp) => board.page.getByRole('button', { name })
const tab = (name: string) => board.page.getByRole('tab', { name, exact: true })
const dialog = () => board.page.getByRole('dialog')

/** One message a minute, the first of them refused by the receiver. */
async function addAttempts(count: number): Promise<void> {
  await database.pool.query(
    `WITH told AS (
       INSERT INTO wonlost.outbox (subject_kind, subject_id, kind, revision, types, band_to, verdict_to, action, model, as_of, created_at)
       SELECT 'lead', 'l_0', 'change', n, '{lead.band_changed}', 'hot', 'eligible', 'call', 'conversion', $1, $1
         FROM generate_series(1, $2::integer) AS n RETURNING outbox_id),
     sent AS (
       INSERT INTO wonlost.webhook_messages (outbox_id, endpoint_id, type, state, attempts, next_attempt_at)
       SELECT outbox_id, endpoint_id, 'lead.band_changed', 'failed', 1, $1 FROM told, wonlost.webhook_endpoints
       RETURNING message_id, endpoint_id)
     INSERT INTO wonlost.webhook_attempts (message_id, endpoint_id, round, attempt, began_at, milliseconds, status, problem, answer)
     SELECT message_id, endpoint_id, 1, 1, $1, 12, 500, 'answered 500', $3 FROM sent`,
    [new Date(NOW - 1_000), count, MARKUP],
  )
}

if (CHROMIUM === null) test.skip('there is no Chromium here; Debian: apt-get install chromium')
else {
  test('a model shows its versions beside their baselines; every part is text, and keeps to the page', async () => {
    const { page, base, context } = board
    await page.goto(`${base}/models`)
    await page.getByRole('link', { name: 'conversion' }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('link', { name: 'conversion' }).click()
    await page.getByText('champion', { exact: true }).waitFor()
    await page.getByText('0.731').waitFor()
    expect(await axeFindings(page)).toEqual([])
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: /^Report of version 2/ }).click(),
    ])
    await opened.getByRole('heading', { name: 'What training measured' }).waitFor()
    await opened.close()
    await button('Show version 2 in the other parts').click()
    await tab('Quality').click()
    await page.getByRole('img', { name: 'Reliability' }).waitFor()
    await page.getByRole('img', { name: 'Lift' }).waitFor()
    await page.getByText('Naive Bayes').first().waitFor()
    await page.getByText('<img src=x').first().waitFor()
    expect(await lookFindings(page)).toEqual([])
    await tab('Half-lives').click()
    await page.getByText('prior kept').first().waitFor()
    await tab('Compare').click()
    await page.getByLabel('After').selectOption('2')
    await button('Compare on leads of today').click()
    await page.getByText(/of 6 leads .* would stand in another band/).waitFor()
    expect(await page.getByRole('link', { name: /^l_/ }).first().getAttribute('href')).toMatch(/^\/leads\/l_/)
    expect(await axeFindings(page)).toEqual([])
    await page.getByLabel('Before').selectOption('2')
    await page.getByText('The same version on both sides').waitFor()
    await page.reload()
    await page.getByText('The same version on both sides').waitFor()
  })

  test('what the monitor found is told in its words', async () => {
    const { page, base } = board
    const figure = { kind: 'numbers', group: null, psi: 0.31, psi_by_chance: 0.02, q_value: 0.0001 }
    const report = {
      because: 'One limit was crossed.',
      crossed: [{ text: `${MARKUP} has moved.`, allowed: 'PSI 0.1' }],
      retrain: { advice: 'look', text: 'Look first at what moved.' },
      not_watched: [],
      drift: [
        {
          ...{ set: 'at_entry', rows: 90, accounts: 80, reference_rows: 439 },
          ...{ score: { ...figure, column: 'score' }, columns: [{ ...figure, column: 'source' }] },
        },
      ],
    }
    await database.pool.query(
      `INSERT INTO wonlost.monitor_runs (name, segment, version, as_of, window_days, verdict, report, created_at)
       VALUES ('conversion', '', 1, $1, 30, 'crossed', $2, $1)`,
      [new Date(NOW - 60_000), report],
    )
    await page.goto(`${base}/models/conversion?tab=drift`)
    await page.getByText('Look first at what moved.').waitFor()
    await page.getByText('<img src=x onerror="alert(1)">gnp has moved.').waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  test('a promotion made elsewhere is seen live, and who was slower decides anew; the roll-back says why', async () => {
    const { page, base } = board
    await page.goto(`${base}/models/conversion`)
    await button('Promote version 2').click()
    await dialog()
      .getByText(/of 6 leads .* would stand in another band/)
      .waitFor()
    expect(await axeFindings(page)).toEqual([])
    await dialog().getByLabel('Why').fill('Better on the last quarter.')
    await dialog().getByRole('checkbox').check()
    await promote(database.pool, 3, 1)
    await page.getByText('Version 3 is the champion now').waitFor()
    await dialog()
      .getByRole('button', { name: /^Promote version 2/ })
      .click()
    await dialog().getByText('Somebody else was quicker').waitFor()
    await dialog()
      .getByRole('button', { name: /go on from there/ })
      .click()
    let told = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') told += 1
    })
    // Twice before the page is drawn anew: the second one would find that somebody was quicker.
    const submit = 'document.querySelector("[role=dialog] form").requestSubmit()'
    await page.evaluate(`${submit}, ${submit}`)
    await dialog().waitFor({ state: 'hidden' })
    await page.getByText('Version 2 is the champion now').waitFor()
    expect(told).toBe(1)
    await button('Roll back').click()
    await dialog().getByLabel('Why').fill('Sales did not believe it.')
    await dialog().getByRole('button', { name: 'Roll back' }).click()
    await dialog().waitFor({ state: 'hidden' })
    await page.getByText('Version 3 is the champion now').waitFor()
    await tab('History').click()
    await page.getByRole('cell', { name: 'Sales did not believe it.' }).waitFor()
    await page.getByRole('cell', { name: /forced, though .* Better on the last quarter/ }).waitFor()
  })

  test('health shows what comes in, and refreshes by itself', async () => {
    const { page, base, context } = board
    await page.goto(`${base}/health`)
    await page.getByText('nothing yet').waitFor()
    const batch = [
      { type: 'track', event: MARKUP, anonymousId: 'x', messageId: 'm1' },
      { type: 'track', messageId: 'm2', properties: { note: MARKUP } },
    ]
    await context.request.post(`${base}/v1/batch`, { data: { batch }, headers: { origin: base } })
    await page.getByText('Rejected says why').waitFor()
    expect(await lookFindings(page)).toEqual([])
    await tab('Rejected').click()
    await page.getByText('As it came').click()
    expect(await axeFindings(page)).toEqual([])
    await tab('Unknown').click()
    await page.getByText('Write into models/tracking.yaml').click()
    await page.getByText('OUR_EVENT:').waitFor()
    expect(await axeFindings(page)).toEqual([])
  })

  test('an endpoint is made, its secret shown once; attempts page by page, replayed; a disabled one says what it missed', async () => {
    const { page, base } = board
    await page.goto(`${base}/health?tab=webhooks`)
    await button('New endpoint').click()
    await dialog().getByLabel('Address').fill('ftp://192.0.2.1')
    await dialog().getByRole('button', { name: 'Create' }).click()
    await dialog().getByRole('alert').waitFor()
    await dialog().getByLabel('Address').fill('https://93.184.215.14/hook')
    await dialog().getByLabel('What it is for').fill(MARKUP)
    expect(await axeFindings(page)).toEqual([])
    await dialog().getByRole('button', { name: 'Create' }).click()
    await dialog()
      .getByText(/^whsec_/)
      .waitFor()
    await button('I have it').click()
    await page.getByText('0 failed').waitFor()
    expect(await page.getByText(/whsec_/).count()).toBe(0)
    await addAttempts(30)
    await button('Attempts').click()
    await button('Older attempts').click()
    await expect.poll(() => page.getByRole('button', { name: /^Replay attempt/ }).count()).toBe(30)
    await button('Replay attempt 30').click()
    await page.getByText('1 on their way').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await database.pool.query(
      `UPDATE wonlost.webhook_endpoints SET disabled_at = $1, disabled_because = 'it answered 410.'`,
      [new Date(NOW)],
    )
    await page.getByText(/It missed 29/).waitFor()
    await button('Enable').click()
    await button('Send the 29 that failed once more').click()
    await page.getByText('30 on their way', { exact: true }).waitFor()
    await button('Rotate secret').click()
    await button('Make a new secret').click()
    await button('I have it').click()
    await page.getByText(/the one before ends/).waitFor()
    await button('Delete').click()
    await dialog().getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nobody is told yet').waitFor()
  })

  test('a key that may only read sees, and is told what it may not', async () => {
    const { page, base } = board
    await board.signIn('bob', ['read'])
    await page.goto(`${base}/models/conversion`)
    await page.getByText('champion', { exact: true }).waitFor()
    expect(await button('Promote').first().isDisabled()).toBe(true)
    await page.goto(`${base}/health?tab=webhooks`)
    await page.getByText('lacks the scope').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await tab('Rejected').click()
    await page.getByText('lacks the scope').waitFor()
  })

  test('nothing failed, nothing was refused, and no other server was asked', () => {
    expect(board.found).toEqual([])
  })
}
