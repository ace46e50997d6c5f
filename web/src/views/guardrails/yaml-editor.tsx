import { type Ref, useImperativeHandle, useRef } from 'react'
import classes from './guardrails.module.css'

export interface YamlEditorHandle {
  /** Puts the cursor on a line, from 1. */
  readonly goTo: (line: number) => void
}

interface Props {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Lines with something wrong. */
  readonly marked: ReadonlySet<number>
  readonly describedBy: string
  readonly ref: Ref<YamlEditorHandle>
}

/** As in the style sheet. */
const LINE_HEIGHT = 20

/** A text with line numbers. Lines are not broken, so that each number stands at its line. Tab leaves it, as everywhere. */
export function YamlEditor({ value, onChange, marked, describedBy, ref }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const numbers = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => ({
    goTo: (line) => {
      const { current } = field
      if (!current) return
      const lines = current.value.split('\n')
      const begin = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
      current.focus()
      current.setSelectionRange(begin, begin + (lines[line - 1]?.length ?? 0))
      current.scrollTop = Math.max(0, (line - 4) * LINE_HEIGHT)
    },
  }))
  return (
    <div className={classes['editor']}>
      <div ref={numbers} className={classes['numbers']} aria-hidden="true">
        {value.split('\n').map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          <div key={index} data-marked={marked.has(index + 1)}>
            {marked.has(index + 1) ? `▸ ${index + 1}` : index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={field}
        aria-label="guardrails.yaml"
        aria-describedby={describedBy}
        aria-invalid={marked.size > 0}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={({ currentTarget }) => {
          if (numbers.current) numbers.current.scrollTop = currentTarget.scrollTop
        }}
      />
    </div>
  )
}
