import { createHash } from 'node:crypto'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { reportPage } from '../../../../training/report/html/page.ts'
import { type METRICS, oldReport, sampleReport, VERSION } from './sample-report.ts'

const HOSTILE = `</title></style></svg><script src="https://evil.example/x.js">alert(1)</script><img src=x onerror='alert(1)'>" onload="alert(1) &lt;b&gt; \u202e\u0000`

const textOf = (page: string): string => parseHTML(page).document.body.textContent ?? ''

describe('reportPage', () => {
  it('shows hostile names as text, never as markup', () => {
    const { document } = parseHTML(reportPage(sampleReport(HOSTILE), VERSION))
    const elements = [...document.querySelectorAll('*')]
    const allowed = new Set(
      [...parseHTML(reportPage(sampleReport(), VERSION)).document.querySelectorAll('*')].map((one) =>
        one.localName.toLowerCase(),
      ),
    )
    expect(elements.map((one) => one.localName.toLowerCase()).filter((name) => !allowed.has(name))).toEqual(
      [],
    )
    for (const forbidden of ['script', 'img', 'iframe', 'object', 'link', 'base', 'form'])
      expect(allowed).not.toContain(forbidden)
    const attributes = elements.flatMap((one) => [...one.attributes].map(({ name }) => name))
    expect(attributes.filter((name) => name.startsWith('on') || name === 'src' || name === 'style')).toEqual(
      [],
    )
    const links = elements.flatMap((one) => one.getAttribute('href') ?? [])
    expect(links.filter((link) => !/^#[a-z-]+$/.test(link))).toEqual([])
    // Whole, but for what would turn or cut the text around it.
    const shown = HOSTILE.replace('\u202e\u0000', '\ufffd\ufffd')
    expect(document.body.textContent).toContain(`The chance: ${shown}`)
    expect([...document.querySelectorAll('figcaption b')].map((one) => one.textContent)).toContain(shown)
    expect(
      [...document.querySelectorAll('svg title, svg text')].every(
        (one) => !one.textContent?.includes('\u202e') && !one.textContent?.includes('\u0000'),
      ),
    ).toBe(true)
  })

  it('shows no mail address, wherever in the report it stands, and not the beginning of one', () => {
    const page = reportPage(
      sampleReport('Owner: jane.doe-of-the-east@corp.example, "b@x.co.uk" c.d@intranet <'),
      VERSION,
    )
    expect(page).toContain('Owner: a mail address, &quot;a mail address&quot; a mail address &lt;')
    expect(page).not.toMatch(/jane|corp\.|b@x|c\.d@/)
    expect(page).toContain('models show conversion@3 --json')
  })

  it('is the same bytes for the same report, in whatever order its fields came', () => {
    const page = reportPage(sampleReport(), VERSION)
    expect(reportPage(sampleReport(), VERSION)).toBe(page)
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : value && typeof value === 'object'
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, one]) => [key, turned(one)]),
            )
          : value
    expect(
      reportPage(turned(sampleReport()) as typeof METRICS & ReturnType<typeof sampleReport>, VERSION),
    ).toBe(page)
  })

  it('shows the figures of the report', () => {
    const text = textOf(reportPage(sampleReport(), VERSION)).replaceAll('\u00a0', ' ')
    for (const figure of [
      '0.731 (0.675 to 0.783)', // AUC
      '0.2701', // log loss
      '0.0752', // Brier
      '0.86 (0.63 to 1.08)', // slope
      '0.0198 (0.0104 to 0.0347)', // ECE
      '3.22', // lift
      '205 of 2,308 rows',
      '0.2889', // log loss of the rubric
      '0.031 (-0.012 to 0.074)', // lead over it
      '2.3 %', // said
      '1.1 % to 3.1 %', // came, interval
      '20.2 %', // a band
      '9.31 days',
      '6.12 to 14.3',
      '1.82', // odds ratio
      '4.33', // importance
      '0.703', // AUC of a column by itself
      '0.9835', // finding
      '12,345', // landmarks
      '4,444',
      '10,967 rows of 2,249 subjects in 2,020 accounts',
      '-0.0076 (-0.0213 to 0.0070)', // gate
      'Decision: do not promote it',
      'Not passed: against what serves.',
      '69.7 %, 101.1 points', // a row
      '12.3', // a stage
      '+28.9', // log-odds of 2 in points
    ])
      expect(text).toContain(figure)
    expect(text).toContain('version 2, on 2,308 rows of 839 accounts')
    const { document } = parseHTML(reportPage(sampleReport(), VERSION))
    const rows = [...document.querySelectorAll('tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent.replaceAll('\u00a0', ' ')).join(' | '),
    )
    expect(rows).toContain('2.3 % | 1.9 % | 1.1 % to 3.1 % | 1,154')
    expect(rows).toContain(
      'rubric | 0.700 (0.675 to 0.783) | 0.241 | 0.2889 | 0.0752 | 9.9 % | 3.22 | 0.031 (-0.012 to 0.074)',
    )
  })

  it('leaves out what older reports do not have', () => {
    const { document } = parseHTML(reportPage(oldReport(), VERSION))
    expect([...document.querySelectorAll('section')].map((one) => one.id)).toEqual([
      'quality',
      'calibration',
      'effects',
      'data',
      'making',
    ])
    expect([...document.querySelectorAll('nav a')].map((one) => one.getAttribute('href'))).toEqual([
      '#quality',
      '#calibration',
      '#effects',
      '#data',
      '#making',
    ])
    expect(document.body.textContent).not.toMatch(/undefined|NaN|null|Infinity/)
  })

  it('needs nothing from anywhere, and lets only its own style in', () => {
    const page = reportPage(sampleReport(), VERSION)
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/)
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    expect(page.match(/<style/g)).toHaveLength(1)
    const hash = createHash('sha256').update(style).digest('base64')
    const { document } = parseHTML(page)
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    )
    const ids = [...document.querySelectorAll('[id]')].map((one) => one.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
