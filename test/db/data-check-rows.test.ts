import { expect, it } from 'vitest'
import { toActivity, toTimeField } from '../../src/db/data-check-rows.ts'

it('tells no mail address that a type or source has in its name', () => {
  const activity = (name: string) =>
    toActivity({
      kind: 'event_type',
      name,
      n: 3,
      first: '2026-01-01',
      last: '2026-01-02',
      active_days: 2,
      gap: 0,
      gap_from: '2026-01-02',
      n_before_gap: 1,
      names: 1,
    }).name
  expect(activity('mail_to ada.l+x@acme.example opened')).toBe('mail_to ...@acme.example opened')
  expect(activity('price @ 10')).toBe('price @ 10')
  const field = { field: 'events.occurred_at', part: 'ada@acme.example', n: 1, clocks: [], future: 0 }
  expect(toTimeField({ ...field, future_first: null, future_last: null }, undefined).part).toBe(
    '...@acme.example',
  )
})
