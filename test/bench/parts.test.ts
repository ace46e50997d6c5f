import { expect, test } from 'vitest'
import { readArguments } from '../../bench/arguments.ts'
import { interleave } from '../../bench/interleave.ts'
import { definePart } from '../../bench/part.ts'
import { chooseParts } from '../../bench/parts.ts'

const PARTS = ['training', 'prediction', 'http'].map((name) =>
  definePart({ name, title: name, summary: '', run: () => Promise.reject(new Error('not run')) }),
)

test('parts are chosen by name and run in their own order; an unknown one is told with those allowed', () => {
  const chosen = (...names: string[]) => chooseParts(PARTS, names).map(({ name }) => name)
  expect(chosen()).toEqual(['training', 'prediction', 'http'])
  expect(chosen('http', 'training', 'http')).toEqual(['training', 'http'])
  expect(() => chosen('training', 'trainnig')).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: expect.stringContaining('"trainnig". Allowed: training, prediction, http.'),
    }),
  )
})

test('arguments: parts, --quick and --out; what is unknown is wrong usage', () => {
  expect(readArguments(['shap', '--quick', '--out', 'x.md', 'http'])).toEqual({
    names: ['shap', 'http'],
    quick: true,
    out: 'x.md',
    help: false,
  })
  expect(readArguments([])).toEqual({ names: [], quick: false, out: null, help: false })
  for (const wrong of [['--fast'], ['--out'], ['--quick=1'], ['--out', 'no/such/folder/x.md']])
    expect(() => readArguments(wrong)).toThrow(expect.objectContaining({ code: 'usage' }))
})

test('contenders take turns, the first round does not count, and no round begins after an interruption', async () => {
  const turns: string[] = []
  const contender = (who: string) => ({
    who,
    measure: async () => turns.push(who),
  })
  const stop = new AbortController()
  const say = () => {}
  const contenders = [contender('ours'), contender('A'), contender('B')]
  const samples = await interleave(contenders, { repeats: 2, signal: stop.signal, say })
  expect(turns.join(' ')).toBe('ours A B ours A B ours A B')
  expect(samples).toEqual([
    [4, 7],
    [5, 8],
    [6, 9],
  ])
  stop.abort(new Error('enough'))
  await expect(interleave(contenders, { repeats: 2, signal: stop.signal, say })).rejects.toThrow('enough')
  expect(turns.length).toBe(9)
})
