import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportPage } from '../../../../training/report/html/page.ts'
import { CHROMIUM, launchChromium } from '../../../support/browser.ts'
import { sampleReport, VERSION } from './sample-report.ts'

describe.skipIf(CHROMIUM === null)('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wonlost-page-'))
  const file = join(folder, 'report.html')
  let browser: Browser
  beforeAll(async () => {
    writeFileSync(file, reportPage(sampleReport('a name as long as somebody may give it, & <odd>'), VERSION))
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(width: number, colorScheme: 'light' | 'dark') {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
    const heard: string[] = []
    page.on('console', (message) => heard.push(message.text()))
    page.on('pageerror', (error) => heard.push(error.message))
    page.on('request', (request) => heard.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    const seen = await page.evaluate(`(() => {
      const box = (one) => one.getBoundingClientRect()
      const charts = [...document.querySelectorAll('svg')]
      return {
        overflow: document.documentElement.scrollWidth - window.innerWidth,
        charts: charts.length,
        empty: charts.filter((one) => box(one).width < 100 || box(one).height < 60 || one.querySelector('path, rect, circle, line') === null).length,
        outside: charts.filter((one) => box(one).left < 0 || box(one).right > window.innerWidth).length,
        ground: getComputedStyle(document.body).backgroundColor,
        letters: Math.min(...charts.map((one) => box(one).width / one.viewBox.baseVal.width * 12)),
        text: getComputedStyle(charts[0].querySelector('text')).fill,
        ink: getComputedStyle(document.body).color,
      }
    })()`)
    await page.close()
    return { seen, heard }
  }

  it('loads without errors, asks nobody for anything, and draws every chart, in the light and in the dark', async () => {
    const light = await open(1_200, 'light')
    const dark = await open(1_200, 'dark')
    for (const { seen, heard } of [light, dark]) {
      expect(heard).toEqual([pathToFileURL(file).href])
      expect(seen).toMatchObject({ charts: 14, empty: 0, outside: 0 })
      expect(seen).toHaveProperty('text', (seen as { ink: string }).ink)
    }
    expect(light.seen).toMatchObject({ ground: 'rgb(255, 255, 255)' })
    expect(dark.seen).toMatchObject({ ground: 'rgb(18, 22, 28)' })
  })

  it('fits on a phone, with letters that can be read', async () => {
    const { seen, heard } = await open(400, 'light')
    expect(heard).toEqual([pathToFileURL(file).href])
    expect(seen).toMatchObject({ overflow: 0, empty: 0, outside: 0 })
    expect((seen as { letters: number }).letters).toBeGreaterThan(9)
  })
})
