/** What to write into models/tracking.yaml for a name that it does not have. */
interface Unknown {
  readonly kind: 'event' | 'lead trait' | 'account trait'
  readonly name: string
}

/** Names that YAML would take for something else, or that end a list, stand in quotes: JSON's are YAML's. */
function quoted(name: string): string {
  return /^[a-z][a-z0-9_]*$/i.test(name) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(name)
    ? name
    : JSON.stringify(name)
}

export function trackingYaml({ kind, name }: Unknown): string {
  const written = quoted(name)
  if (kind === 'event')
    return [
      'events:',
      '  # It is one that is listed: add it to the names of that.',
      `  OUR_EVENT: [${written}]`,
      '  # Or it is one of its own, and meant to be:',
      `  ${written}: []`,
    ].join('\n')
  const whose = kind === 'lead trait' ? 'lead' : 'account'
  return [
    'traits:',
    `  ${whose}:`,
    '    # It is one that is listed: add it to the names of that.',
    `    OUR_TRAIT: [${written}]`,
    '    # Or it is one of its own, and meant to be:',
    `    ${written}: []`,
  ].join('\n')
}
