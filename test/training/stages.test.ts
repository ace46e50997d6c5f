import { describe, expect, it } from 'vitest'
import { stagesLine } from '../../training/report/stages-report.ts'
import { createStages } from '../../training/stages.ts'

describe('the stages of a training run', () => {
  it('each last until the next begins, the last until the end, and never less than nothing', async () => {
    const times = [1_000, 3_500, 3_000, 4_000]
    const told: string[] = []
    const stages = createStages({ now: () => times.shift()!, report: (stage) => told.push(stage) })
    for (const stage of ['reading', 'learning', 'judging']) await stages.begin(stage)
    const ended = stages.end()!
    expect(ended).toEqual([
      { stage: 'reading', seconds: 2.5 },
      { stage: 'learning', seconds: 0 },
      { stage: 'judging', seconds: 1 },
    ])
    expect(told).toEqual(['reading', 'learning', 'judging'])
    expect(stagesLine(ended)).toBe('Time: reading 2.5 s, learning 0.0 s, judging 1.0 s; 3.5 s in all')
  })

  it('are not timed without a clock, and end with the reason of an abort', async () => {
    const interrupt = new AbortController()
    const stages = createStages({ signal: interrupt.signal })
    await stages.begin('reading')
    expect(stages.end()).toBeNull()
    interrupt.abort(new Error('Ctrl-C'))
    await expect(stages.begin('learning')).rejects.toThrow('Ctrl-C')
  })
})
