/** The report as one HTML page: no scripts, no network, the same bytes for the same report. */
import { createHash } from 'node:crypto'
import { parseHTML } from 'linkedom'
import { formatTime, type Milliseconds } from '../../../src/glossary.ts'
import type { TrainingReport } from '../model-report.ts'
import { LEARNERS } from '../names.ts'
import { auditSection } from './audit.ts'
import { calibrationSection } from './calibration.ts'
import { dataSection } from './data-used.ts'
import { decisionPart, keyFigures } from './decision.ts'
import { effectsSection } from './effects.ts'
import { halfLifeSection } from './half-lives.ts'
import { makingSection } from './making.ts'
import { html, Markup } from './markup.ts'
import { notableSection } from './notable.ts'
import { PAGE_STYLE } from './page-style.ts'
import { type Section, timeMarkup } from './parts.ts'
import { qualitySection } from './quality.ts'
import { withoutAddresses } from './without-addresses.ts'

/** What is not in the report itself. */
export interface ReportedVersion {
  readonly version: number
  readonly sha256: string
  readonly createdAt: Milliseconds
}

/** Sections without data, as in older reports, are left out. */
export function reportPage(kept: TrainingReport, { version, sha256, createdAt }: ReportedVersion): string {
  const report = withoutAddresses(kept)
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const all = report.evaluation.find(({ set }) => set === 'all_landmarks')
  const sections = [
    qualitySection(report, all, document),
    calibrationSection(report, all, document),
    effectsSection(report, document),
    halfLifeSection(report.half_lives, document),
    auditSection(report.audit),
    notableSection(report.curves, document),
    dataSection(report),
    makingSection(report, document),
  ].filter((section) => section !== null)
  const { segment } = report
  const title = segment ? `${report.model} (${segment.name})` : report.model
  const name = `${title}, version ${version}`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${name}: training report</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>${title} <small>version ${version}</small></h1>
<p>${report.description}${segment ? ` Only of the segment ${segment.name}: ${segment.who}.` : null}</p>
<p class="facts">Kind: ${LEARNERS[report.kind]}. Trained ${timeMarkup(formatTime(createdAt))} on what was known before ${timeMarkup(report.cutoff)}. Seed ${report.seed}. Artifact <code>${sha256}</code></p>
<nav aria-label="Contents">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
<main>
${decisionPart(report)}
${keyFigures(all)}
${sections.map(sectionMarkup)}
</main>
<footer>Made by Wonlost when the model was trained. The same numbers as JSON: <code>wonlost models show ${report.model}@${version}${segment ? ` --segment ${segment.name}` : null} --json</code></footer>
</body>
</html>
`
  return page.text
}

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

function sectionMarkup({ id, title, body }: Section): Markup {
  return html`<section id="${id}"><h2>${title}</h2>
${body.flatMap((part) => (part === null ? [] : [part, new Markup('\n')]))}</section>
`
}
