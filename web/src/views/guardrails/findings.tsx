import type { components } from '../../api/openapi.ts'
import { Notice } from '../../components/notice.tsx'
import { Text } from '../../components/text.tsx'
import { wholeText } from '../../format/numbers.ts'
import classes from './guardrails.module.css'

type Checked = components['schemas']['GuardrailsCheck']

interface Props {
  readonly checked: Checked
  /** Opens the editor at a line; left out where there is none. */
  readonly onLine?: (line: number) => void
}

/** What the tests inside the file say, and which rules cannot do what they seem to. */
export function Findings({ checked: { rules, tests, findings }, onLine }: Props) {
  const isFine = tests.failed.length === 0 && findings.length === 0
  return (
    <Notice
      kind={isFine ? 'good' : 'warning'}
      title={`${wholeText(rules)} rules; ${wholeText(tests.passed)} tests passed, ${wholeText(tests.failed.length)} failed`}
    >
      {isFine ? (
        'Every rule can hold, and none says what another one says.'
      ) : (
        <ul className={classes['findings']}>
          {tests.failed.map(({ name, line, differences }) => (
            <li key={`test ${line}`}>
              <Place line={line} onLine={onLine} /> test failed:{' '}
              <strong>
                <Text>{name}</Text>
              </strong>{' '}
              <Text>{differences.join('; ')}</Text>
            </li>
          ))}
          {findings.map(({ kind, rule, line, text }) => (
            <li key={`${kind} ${rule} ${text}`}>
              <Place line={line} onLine={onLine} /> <Text>{text}</Text>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

interface PlaceProps {
  readonly line: number | null
  readonly onLine?: ((line: number) => void) | undefined
}

export function Place({ line, onLine }: PlaceProps) {
  if (line === null) return null
  if (!onLine) return <strong>Line {line}:</strong>
  return (
    <button type="button" className={classes['place']} onClick={() => onLine(line)}>
      Line {line}
    </button>
  )
}
