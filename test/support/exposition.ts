/** Reads Prometheus' text format 0.0.4 as strictly as promtool does, from the grammar of its documentation. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]Inf|[-+]?[0-9.]+(?:e[-+]?\d+)?)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

/** Throws for what is not of the format: no help, no type, lines apart from their family, labels twice, a counter without _total. */
export function readExposition(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const types = new Map<string, string>()
  const helps = new Set<string>()
  const seen = new Set<string>()
  const samples: Sample[] = []
  let family = ''
  for (const line of text.split('\n')) {
    if (line === '') continue
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line)
    if (comment) {
      const [, kind, name = '', rest = ''] = comment
      if (kind === 'HELP' && helps.has(name)) throw new Error(`twice: ${line}`)
      if (kind === 'HELP') helps.add(name)
      else types.set(name, rest)
      family = name
      continue
    }
    const [, name = '', inner = '', number = ''] = LINE.exec(line) ?? []
    if (name === '') throw new Error(`not a sample: ${line}`)
    const isOfFamily =
      name === family ||
      (types.get(family) === 'histogram' && /^_(bucket|sum|count)$/.test(name.slice(family.length))) ||
      (types.get(family) === 'summary' && /^_(sum|count)$/.test(name.slice(family.length)))
    if (!isOfFamily || !name.startsWith(family) || !helps.has(family))
      throw new Error(`apart from its family ${family}: ${line}`)
    if (types.get(family) === 'counter' && !name.endsWith('_total')) throw new Error(`no _total: ${line}`)
    if (seen.has(`${name}{${inner}}`)) throw new Error(`twice: ${line}`)
    seen.add(`${name}{${inner}}`)
    samples.push({ name, labels: readLabels(inner, line), value: Number(number.replace('Inf', 'Infinity')) })
  }
  return samples
}

function readLabels(inner: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < inner.length) {
    const found = LABEL.exec(inner)
    if (!found || found[1]! in labels) throw new Error(`labels: ${line}`)
    labels[found[1]!] = found[2]!.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one))
  }
  return labels
}
