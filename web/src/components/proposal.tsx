import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { download } from '../format/download.ts'
import { type DiffLine, lineDiff, nearChanges } from '../format/line-diff.ts'
import { wholeText } from '../format/numbers.ts'
import classes from './proposal.module.css'

interface Props {
  /** What is in force. */
  readonly before: string
  readonly after: string
  /** What it is saved as: `policy.yaml`. */
  readonly file: string
}

const MARKS = { same: ' ', added: '+', removed: '−' } as const
const WORDS = { same: '', added: 'added: ', removed: 'removed: ' } as const
const AROUND = 3

const linesText = (count: number): string => (count === 1 ? '1 line' : `${wholeText(count)} lines`)

/** A changed file to review: what differs, line by line, to copy and to download. It is put in force where the file lies, by nobody here. */
export function Proposal({ before, after, file }: Props) {
  const lines = lineDiff(before, after)
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length
  return (
    <div className={classes['proposal']}>
      <div className={classes['head']}>
        <span>
          <code>{file}</code>: {linesText(count('added'))} added, {wholeText(count('removed'))} removed
        </span>
        <span className={classes['buttons']}>
          <CopyButton value={after} timeout={2_000}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                onClick={copy}
                leftSection={
                  copied ? (
                    <IconCheck size={16} aria-hidden="true" />
                  ) : (
                    <IconCopy size={16} aria-hidden="true" />
                  )
                }
              >
                {copied ? 'Copied' : 'Copy the file'}
              </Button>
            )}
          </CopyButton>
          <Button
            size="xs"
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => download(file, 'application/yaml', after)}
          >
            Download
          </Button>
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by keyboard (WCAG 2.1.1). */}
      <section className={classes['diff']} aria-label={`Changes of ${file}`} tabIndex={0}>
        {nearChanges(lines, AROUND).map((line) =>
          line.kind === 'gap' ? (
            <div key={`gap ${line.key}`} className={classes['gap']}>
              {linesText(line.lines)} as {line.lines === 1 ? 'it is' : 'they are'}
            </div>
          ) : (
            <div key={line.key} className={classes['line']} data-kind={line.kind}>
              <span className={classes['number']} aria-hidden="true">
                {line.number ?? ''}
              </span>
              <span className={classes['mark']} title={WORDS[line.kind]}>
                {MARKS[line.kind]}
              </span>
              <span className={classes['text']}>{line.text}</span>
            </div>
          ),
        )}
      </section>
    </div>
  )
}
